/** Finds a Chromium-family browser for the end-to-end tests, or obtains one. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
]
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter(Boolean)
    .flatMap((base) => [
      join(base, 'Google/Chrome/Application/chrome.exe'),
      join(base, 'Chromium/Application/chrome.exe'),
      join(base, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
}

/** Path of a browser: CHROMIUM_PATH, then what the system has; undefined when there is none. */
export function findChromium() {
  const named = process.env['CHROMIUM_PATH']
  if (named) return existsSync(named) ? named : undefined
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...(PLACES[process.platform] ?? [])].find((file) => existsSync(file))
}

/** Debian's package where CI=true and root, else Playwright's own download; 'playwright' means its own copy. */
export async function obtainChromium() {
  if (process.env['CI'] === 'true' && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log(`installing chromium (${readFileSync('/etc/debian_version', 'utf8').trim()})`)
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
    const found = findChromium()
    if (found) return found
  }
  const cli = join(import.meta.dirname, '../node_modules/@playwright/test/cli.js')
  const got = spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: 'inherit',
    timeout: 180_000,
  })
  return got.status === 0 ? 'playwright' : undefined
}
