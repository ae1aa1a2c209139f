import { join } from 'node:path'
import { electronBinary, noWindowReason } from '../src/main/hosts/electron-binary'

/** The Electron program of this machine, or why its tests cannot run here. */
export function findElectron(): { file: string } | { why: string } {
  const file = electronBinary(join(import.meta.dirname, '..'))
  if (file === null) return { why: 'no Electron binary on this machine (npx install-electron --no)' }
  const why = noWindowReason(process.env, process.platform, undefined)
  return why === null ? { file } : { why }
}
