import { randomUUID } from 'node:crypto'

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

/** A new name for an unfinished write, hidden and unlike any chunk key. */
export const partialName = (): string => `.${randomUUID()}.zarrscope.partial`
