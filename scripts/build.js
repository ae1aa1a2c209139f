#!/usr/bin/env node
/**
 * Builds the program into out/: the main process, the serve host, the command line and the library (out/main), the
 * preload, the window, and the library's type declarations (out/types). Needs no Electron binary. With --quiet it
 * prints only when something fails, and everything on stderr.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { stampBuild } from './build-state.js'
import { resolveSpecifiers } from './declarations.js'

const root = join(import.meta.dirname, '..')
const quiet = process.argv.includes('--quiet')
const started = Date.now()

function run(what, script, args) {
  const done = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    env: quiet ? { ...process.env, NO_COLOR: '1' } : process.env,
  })
  if (done.status === 0) return
  if (quiet) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  console.error(`error: build: ${what} failed (${done.error?.message ?? `status ${done.status}`})`)
  process.exit(1)
}

rmSync(join(root, 'out'), { recursive: true, force: true })
run('bundling', 'electron-vite/bin/electron-vite.js', ['build'])
run('declaring types', 'typescript/bin/tsc', ['-p', 'tsconfig.types.json'])
resolveSpecifiers(join(root, 'out/types'))
stampBuild(root, started)
if (!quiet) console.log(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
