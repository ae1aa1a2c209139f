import { UsageError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { isOwnName } from '../../files/own-names'

/** Names that Windows keeps for devices, with any extension. */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i
const FORBIDDEN = /[<>:"|?*\\/\u0000-\u001f]/

/** Files that some format looks for beside a node. */
const DOCUMENTS: ReadonlySet<string> = new Set(['zarr.json', '.zarray', '.zgroup', '.zattrs', '.zmetadata'])

/** What a format keeps for itself besides: in format 2 a chunk could have such a name. */
const RESERVED: Record<ZarrFormat, RegExp> = { 1: /^$/, 2: /^\d+(\.\d+)*$/, 3: /^__/ }

/**
 * Checks the name of a node to be created: what a format keeps for itself (format 3, "Node names"), and what cannot be
 * a path on every system, so that a store can be copied anywhere. Existing names are never judged.
 * Throws UsageError in one sentence.
 */
export function checkNodeName(name: string, format: ZarrFormat): void {
  const refuse = (why: string): never => {
    throw new UsageError(`${JSON.stringify(name)} cannot be the name of a node: ${why}.`)
  }
  if (name === '') refuse('it is empty')
  if (/^\.+$/.test(name)) refuse('it consists of dots only')
  if (DOCUMENTS.has(name)) refuse('it is the name of a metadata document')
  if (RESERVED[format].test(name)) refuse(`format ${format} uses this name itself`)
  if (isOwnName(name)) refuse('names that end like this are used for unfinished writes and locks')
  const character = FORBIDDEN.exec(name)
  if (character)
    refuse(`the character ${JSON.stringify(character[0])} cannot be part of a file name on every system`)
  if (DEVICES.test(name)) refuse('Windows keeps it for a device')
  if (/[. ]$/.test(name)) refuse('Windows cannot store a name that ends in a dot or a space')
  if (new TextEncoder().encode(name).length > 255) refuse('it is longer than 255 bytes')
}
