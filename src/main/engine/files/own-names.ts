import { randomUUID } from 'node:crypto'
import { WRITER, writerMark, writerState } from './partial-writer'

/**
 * Files and folders that this program keeps beside or inside a store: unfinished writes, locks, journals, the copy of
 * an archive before it was replaced. They are never keys, never counted, and no key may be named so.
 */
const OWN = /\.zarrscope\.(partial|lock|journal|bak)$/

export const isOwnName = (name: string): boolean => name.includes('.zarrscope.') && OWN.test(name)

/** A lock that some process holds; it is removed by its holder alone. */
export const isLockName = (name: string): boolean => name.endsWith('.zarrscope.lock')

/** True if any name of a key or path joined by "/" is one of ours. */
export const hasOwnName = (key: string): boolean =>
  key.includes('.zarrscope.') && key.split('/').some(isOwnName)

/**
 * A new name for an unfinished write, hidden and unlike any chunk key. It says which process writes it, so that what a
 * killed one left can be told from what another one is at.
 */
export const partialName = (): string => `.${(mark ??= writerMark())}-${randomUUID()}.zarrscope.partial`

/** This process does not change. */
let mark: string | undefined

const PARTIAL = new RegExp(
  String.raw`^\.(${WRITER})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.zarrscope\.partial$`,
)

/** Whether the process that writes what has such a name still runs; undefined where it is no `partialName`. */
export function partialState(name: string): ReturnType<typeof writerState> | undefined {
  const writer = PARTIAL.exec(name)?.[1]
  return writer === undefined ? undefined : writerState(writer)
}
