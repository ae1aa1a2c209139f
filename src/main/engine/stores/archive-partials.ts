import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { Fs } from '../files/fs'
import { shortDigest, WRITER, writerMark, writerState } from '../files/partial-writer'

/** Archive, writer, something unique. */
const NAME = new RegExp(String.raw`^\.([0-9a-f]{12})-(${WRITER})-[0-9a-f]{16}\.zarrscope\.partial$`)

/**
 * Path of an unfinished file beside an archive. Its name says which archive it is for and which process writes it, so
 * that what a killed process left can be told from what another one is at.
 */
export function archivePartial(archive: string): string {
  const parts = [shortDigest(basename(archive)), writerMark(), randomBytes(8).toString('hex')]
  return join(dirname(archive), `.${parts.join('-')}.zarrscope.partial`)
}

/** Removes unfinished files of this archive whose processes have ended. What cannot be removed does no harm. */
export async function removeArchivePartials(fs: Fs, archive: string): Promise<void> {
  const folder = dirname(archive)
  const ours = shortDigest(basename(archive))
  for (const { name, kind } of await fs.readdir(folder).catch(() => [])) {
    const [, whose, writer = ''] = NAME.exec(name) ?? []
    if (kind !== 'file' || whose !== ours) continue
    if (writerState(writer) === 'dead') await fs.unlink(join(folder, name)).catch(() => undefined)
  }
}
