import { UsageError } from '@shared/errors'
import { isOwnName } from '../files/own-names'

/** Names that Windows keeps for devices, with or without an ending. */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i

/** What NTFS and FAT do not allow in a name; ":" would name a hidden stream of another file. */
const NOT_ON_WINDOWS = /[<>:"|?*\u0000-\u001f]/

const MAX_BYTES = 255

/** Names that the format keeps for itself. */
const DOCUMENTS = new Set(['zarr.json', '.zarray', '.zgroup', '.zattrs', '.zmetadata'])

/**
 * Checks the name of a node or array to be made. It must be one that every system can store and tell from others, also
 * where this one would allow more: the store may be copied. Names that exist already are never changed.
 *
 * @param siblings names that exist beside it
 * @throws UsageError with the reason in a sentence
 */
export function checkNewName(name: string, siblings: Iterable<string> = []): void {
  const refuse = (why: string): never => {
    throw new UsageError(`${JSON.stringify(name)} cannot be the name of a node: ${why}.`)
  }
  if (name === '') refuse('it is empty')
  if (/^\.+$/.test(name)) refuse('it consists of periods only')
  if (/[/\\]/.test(name)) refuse('it contains a slash or backslash, which separate names')
  if (name.startsWith('__')) refuse('names that start with two underscores are kept for the format')
  if (DOCUMENTS.has(name)) refuse('the format keeps it for metadata')
  if (isOwnName(name)) refuse('names that end like this are used for unfinished writes and locks')
  const character = NOT_ON_WINDOWS.exec(name)?.[0]
  if (character !== undefined) refuse(`Windows does not allow ${JSON.stringify(character)} in names`)
  if (DEVICES.test(name)) refuse('Windows keeps it for a device')
  if (/[. ]$/.test(name)) refuse('Windows drops a period or space at the end of a name')
  if (Buffer.byteLength(name) > MAX_BYTES) refuse(`it is longer than ${MAX_BYTES} bytes`)
  const twin = collision(name, siblings)
  if (twin !== undefined)
    refuse(
      `${JSON.stringify(twin)} exists, and systems that ignore case or accents' spelling take them for one`,
    )
}

/** A different name that Windows or macOS take for the same. */
export function collision(name: string, siblings: Iterable<string>): string | undefined {
  const folded = fold(name)
  for (const sibling of siblings) if (sibling !== name && fold(sibling) === folded) return sibling
  return undefined
}

const fold = (name: string): string => name.normalize('NFC').toLocaleLowerCase('en').normalize('NFC')
