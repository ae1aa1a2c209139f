import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as zarrscope from '../src/main/library'

/** The tutorial's code is run as it stands, block after block, and what it prints is what the page says. */
const page = readFileSync(join(import.meta.dirname, '../docs/tutorial.md'), 'utf8')

interface Block {
  heading: string
  code: string
  /** Empty where the page shows no output. */
  printed: string
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let heading = ''
  for (const [, title, language, body] of text.matchAll(/^## ([^\n]+)$|^```(ts|text)\n(.*?)^```$/gms)) {
    if (title !== undefined) heading = title
    else if (language === 'ts') blocks.push({ heading, code: body!, printed: '' })
    else blocks.at(-1)!.printed = body!
  }
  return blocks
}

/** One program that says after each block that it is over. */
function programOf(blocks: readonly Block[]): string {
  const source = blocks.map(({ code }, i) => `${code}\nawait endOfBlock(${i})\n`).join('')
  const plain = source.replace(/^import (\{[^}]*\}) from 'zarrscope'$/gm, 'const $1 = zarrscope')
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  return ts.transpileModule(plain, { compilerOptions: options }).outputText
}

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
  const console = { log: (...values: unknown[]) => (printed += `${format(...values)}\n`) }
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (...given: unknown[]) => Promise<void>
  await new AsyncFunction('zarrscope', 'console', 'endOfBlock', programOf(blocks))(
    zarrscope,
    console,
    endOfBlock,
  )
  expect(done).toBe(blocks.length)
})
