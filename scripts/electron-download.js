/** Obtains the Electron program, which its npm package downloads only when asked. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The download must begin within this time, and never stand still for the other. Milliseconds. */
const BEGIN_MS = 5_000
const STALL_MS = 30_000
const LOOK_MS = 100

/** Whether the program that belongs to the installed npm package is there. */
export function electronIsThere(root) {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) return true
  const folder = join(root, 'node_modules/electron')
  try {
    return existsSync(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8')))
  } catch {
    return false
  }
}

/** Runs the package's own installer. Answers null when the program is there, else why not. Never rejects. */
export async function downloadElectron(root, beginMs = BEGIN_MS) {
  const folder = join(root, 'node_modules/electron')
  const installer = join(folder, 'install.js')
  if (!existsSync(installer)) return 'the electron package is not installed'
  // The installer downloads into a new folder below TMPDIR: bytes there are the sign that it has begun.
  const temporary = mkdtempSync(join(tmpdir(), 'zarrscope-electron-'))
  const child = spawn(process.execPath, [installer], {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  })
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)
  try {
    return await watch(child, () => bytesIn(temporary) + bytesIn(join(folder, 'dist')), beginMs)
  } finally {
    process.off('exit', stop)
    stop()
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Waits for the installer; null when it succeeded, else why not. `bytes` tells how much has arrived. */
function watch(child, bytes, beginMs) {
  return new Promise((resolve) => {
    let seen = 0
    let last = Date.now()
    const timer = setInterval(() => {
      const now = bytes()
      if (now > seen) {
        if (seen === 0) console.error('Downloading Electron, once…')
        seen = now
        last = Date.now()
      }
      const waited = Date.now() - last
      if (seen === 0 && waited > beginMs)
        end(`the download of Electron did not begin within ${beginMs / 1000} seconds`)
      if (seen > 0 && waited > STALL_MS) end('the download of Electron came to a halt')
    }, LOOK_MS)
    const end = (why) => {
      clearInterval(timer)
      resolve(why)
    }
    child.once('error', (error) => end(`Electron cannot be downloaded (${error.message})`))
    child.once('exit', (code) => end(code === 0 ? null : 'Electron could not be downloaded'))
  })
}

function bytesIn(folder) {
  if (!existsSync(folder)) return 0
  let sum = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile()) sum += statSync(file, { throwIfNoEntry: false })?.size ?? 0
  }
  return sum
}
