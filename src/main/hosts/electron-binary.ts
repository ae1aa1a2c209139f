import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/**
 * The Electron executable installed below `root` (the package's folder), or named by ELECTRON_OVERRIDE_DIST_PATH.
 * Looks at files only: importing the package would begin to download it.
 */
export function electronBinary(root: string, env = process.env, platform = process.platform): string | null {
  const name = NAMES[platform] ?? 'electron'
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return present(join(override, name))
  // Beside us when we were installed as a dependency, below us in a checkout.
  for (const folder of [join(root, 'node_modules/electron'), join(root, '../electron')]) {
    try {
      return present(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8')))
    } catch {
      continue
    }
  }
  return null
}

/** Why a window cannot be shown on this machine although Electron is there; null when nothing speaks against it. */
export function noWindowReason(
  env = process.env,
  platform = process.platform,
  uid = process.getuid?.(),
): string | null {
  if (platform !== 'linux') return null
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display'
  return uid === 0 ? 'Electron refuses to run as root' : null
}

const present = (file: string): string | null => (existsSync(file) ? file : null)
