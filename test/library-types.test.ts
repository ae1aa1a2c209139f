import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync, mkdirSync, copyFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-types-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Without a build there are no declarations; `npm test` builds first.
test.skipIf(!existsSync(join(root, 'out/types/main/library.d.ts')))(
  'a program compiles against the declarations of the package, in strict mode and without skipping any',
  { timeout: 60_000 },
  async () => {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules/zarrscope'), 'junction')
    symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'), 'junction')
    copyFileSync(join(root, 'test/programs/library-user.ts'), join(folder, 'library-user.ts'))
    const compilerOptions = {
      ...{ module: 'nodenext', target: 'es2023', types: ['node'] },
      ...{ strict: true, noEmit: true, skipLibCheck: false },
    }
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['library-user.ts'] }),
    )
    const compiler = join(root, 'node_modules/typescript7/bin/tsc')
    const said = await promisify(execFile)(process.execPath, [compiler, '-p', folder]).then(
      () => '',
      (error: unknown) => (error as { stdout: string }).stdout,
    )
    expect(said).toBe('')
  },
)
