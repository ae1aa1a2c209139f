import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../src/main/cli/testing/run'

/** The tutorial is run as it stands, block after block, and what it prints is what the page says. */
const page = readFileSync(join(import.meta.dirname, '../docs/tutorial.md'), 'utf8')

interface Block {
  heading: string
  language: 'ts' | 'sh'
  code: string
  /** Empty where the page shows no output. */
  printed: string
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let heading = ''
  for (const [, title, language, body] of text.matchAll(/^## ([^\n]+)$|^```(ts|sh|text)\n(.*?)^```$/gms)) {
    if (title !== undefined) heading = title
    else if (language === 'text') blocks.at(-1)!.printed = body!
    else blocks.push({ heading, language: language as 'ts' | 'sh', code: body!, printed: '' })
  }
  return blocks
}

/** What the page imports. */
const modules = {
  zarrscope: await import('../src/main/library'),
  'h5wasm/node': await import('h5wasm/node'),
  'node:fs': await import('node:fs'),
}

/** One program that says after each block that it is over. */
function programOf(blocks: readonly Block[]): string {
  const source = blocks
    .map(
      ({ language, code }, i) =>
        [language === 'ts' ? code : `await shell(${JSON.stringify(code)})`, i] as const,
    )
    .map(([code, i]) => `${code}\nawait endOfBlock(${i})\n`)
    .join('')
  const plain = source
    .replace(/^import (\{[^}]*\}) from '([^']+)'$/gm, "const $1 = modules['$2']")
    .replace(/^import (\w+) from '([^']+)'$/gm, "const $1 = modules['$2'].default")
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  return ts.transpileModule(plain, { compilerOptions: options }).outputText
}

/** Words of a command line; quotes hold together what is between them. */
const words = (line: string): string[] =>
  Array.from(
    line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g),
    ([, single, double, bare]) => single ?? double ?? bare!,
  )

const home = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-tutorial-'))
beforeAll(() => process.chdir(folder))
afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true, force: true })
})

test('every block of the tutorial prints what the page says', { timeout: 600_000 }, async () => {
  const blocks = blocksOf(page)
  expect(blocks.length).toBeGreaterThan(15)
  let printed = ''
  let done = 0
  const endOfBlock = async (number: number): Promise<void> => {
    expect(printed, `the block ${number + 1} under "${blocks[number]!.heading}"`).toBe(
      blocks[number]!.printed,
    )
    printed = ''
    done++
  }
  const shell = async (code: string): Promise<void> => {
    for (const line of code.trim().split('\n')) {
      const [program, ...argv] = words(line)
      const { status, out, err } = await run(argv)
      expect([line, program, status, err]).toEqual([line, 'zarrscope', 0, ''])
      printed += out
    }
  }
  const console = { log: (...values: unknown[]) => (printed += `${format(...values)}\n`) }
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (...given: unknown[]) => Promise<void>
  await new AsyncFunction('modules', 'console', 'shell', 'endOfBlock', programOf(blocks))(
    modules,
    console,
    shell,
    endOfBlock,
  )
  expect(done).toBe(blocks.length)
})
