#!/usr/bin/env node
/**
 * `npm start -- [PATH…] [--no-open] [--serve] …`: builds the program when it has to, obtains Electron when it can, and
 * opens the window; where there is no Electron, or it cannot show a window, the serve host and the system's browser.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildState } from './build-state.js'
import { downloadElectron, electronIsThere } from './electron-download.js'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)

const state = buildState(root)
if (state !== 'fresh') {
  console.error(
    state === 'missing' ? 'Building Zarrscope, once…' : 'Building Zarrscope anew: its sources have changed…',
  )
  const build = spawnSync(process.execPath, [join(root, 'scripts/build.js'), '--quiet'], { stdio: 'inherit' })
  if (build.status !== 0) process.exit(build.status ?? 1)
}

/** A window is wanted (not a command, not only an address), and this machine may be able to show one. */
function wantsWindow() {
  if (['--serve', '--no-open', '--help', '-h', '--version'].some((option) => args.includes(option)))
    return false
  const isCommand = args[0] !== undefined && /^[a-z-]+$/.test(args[0]) && !existsSync(args[0])
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  return !isCommand && hasDisplay && !(process.platform === 'linux' && process.getuid?.() === 0)
}

if (wantsWindow() && !electronIsThere(root)) {
  const why = await downloadElectron(root)
  if (why !== null) {
    console.error(`Zarrscope opens in the browser: ${why}.`)
    args.unshift('--serve')
  }
}

process.argv = [process.argv[0], join(root, 'out/main/cli.js'), ...args]
await import('../out/main/cli.js')
