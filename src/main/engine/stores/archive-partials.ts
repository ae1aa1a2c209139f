import { createHash, randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { Fs } from '../files/fs'
import { stateOf, thisProcess } from './process-facts'

/** Archive, machine and container, start of the machine, process, start of the process, something unique. */
const NAME = /^\.([0-9a-f]{12})-([0-9a-f]{12})-([0-9a-f]{12})-(\d+)-(\d*)-[0-9a-f]{16}\.zarrscope\.partial$/

/**
 * Path of an unfinished file beside an archive. Its name says which archive it is for and which process writes it, so
 * that what a killed process left can be told from what another one is at.
 */
export function archivePartial(archive: string): string {
  const { pid, start } = thisProcess()
  const parts = [...placeOf(archive), pid, start, randomBytes(8).toString('hex')]
  return join(dirname(archive), `.${parts.join('-')}.zarrscope.partial`)
}

/** Removes unfinished files of this archive whose processes have ended. What cannot be removed does no harm. */
export async function removeArchivePartials(fs: Fs, archive: string): Promise<void> {
  const folder = dirname(archive)
  const [ours, machine, boot] = placeOf(archive)
  for (const { name, kind } of await fs.readdir(folder).catch(() => [])) {
    const [, whose, where, since, pid, start = ''] = NAME.exec(name) ?? []
    // Processes of other machines cannot be asked.
    if (kind !== 'file' || whose !== ours || where !== machine) continue
    const owner = { ...thisProcess(), pid: Number(pid), start, ...(since !== boot && { boot: 'earlier' }) }
    if (stateOf(owner) === 'dead') await fs.unlink(join(folder, name)).catch(() => undefined)
  }
}

function placeOf(archive: string): [archive: string, machine: string, boot: string] {
  const { host, boot, namespace } = thisProcess()
  return [digest(basename(archive)), digest(`${host}\n${namespace}`), digest(boot)]
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)
