import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Desktop {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  exists: (file: string) => boolean
}

/** A program and its arguments that show an address to the person in front of this machine. */
export interface BrowserCommand {
  file: string
  args: string[]
}

/** Browsers that can show a page as an app window, without tabs and address bar. */
const APP_BROWSERS = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]
const MAC_APPS = ['Google Chrome', 'Microsoft Edge', 'Chromium', 'Brave Browser']
const WINDOWS_APPS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

const here = (): Desktop => ({ platform: process.platform, env: process.env, exists: existsSync })

/**
 * How to show `url`: the browser named by BROWSER, else an app window where an installed browser can, else the
 * system's own choice; null where there is no display.
 */
export function browserCommand(
  url: string,
  { platform, env, exists }: Desktop = here(),
): BrowserCommand | null {
  const named = env['BROWSER']
  // BROWSER may hold a list or a template; then the system knows better how to read it.
  if (named && !/[:%\s]/.test(named)) return { file: named, args: [url] }
  const app = `--app=${url}`
  if (platform === 'darwin') {
    if (env['SSH_CONNECTION']) return null
    const found = MAC_APPS.find((name) => exists(`/Applications/${name}.app`))
    return found ? { file: 'open', args: ['-na', found, '--args', app] } : { file: 'open', args: [url] }
  }
  if (platform === 'win32') {
    if (env['SSH_CONNECTION']) return null
    const bases = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (base) => base !== undefined,
    )
    const found = WINDOWS_APPS.flatMap((name) => bases.map((base) => `${base}\\${name}`)).find(exists)
    return found
      ? { file: found, args: [app] }
      : { file: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }
  }
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return null
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = APP_BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(exists)
  return found ? { file: found, args: [app] } : { file: 'xdg-open', args: [url] }
}

/** Starts it and forgets it: it outlives us, and that it fails shows in nothing but the missing window. */
export function openBrowser({ file, args }: BrowserCommand): void {
  const child = spawn(file, args, { detached: true, stdio: 'ignore' })
  child.on('error', () => undefined)
  child.unref()
}
