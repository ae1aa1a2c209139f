import { UsageError } from '@shared/errors'
import { hasOwnName } from '../files/own-names'

/** An empty, "." or ".." name anywhere, or a character that no key may hold. */
const BAD = /(^|\/)(\.{1,2})?(\/|$)|[\\\0]/

/** @throws UsageError unless `key` is names joined by single slashes. */
export function checkKey(key: string): void {
  if (key === '') throw new UsageError('The empty name is no key.')
  if (BAD.test(key)) throw new UsageError(`${JSON.stringify(key)} is no key: ${fault(key)}.`)
}

/** @throws UsageError unless `prefix` is "" or a key; a prefix has no slash at its end. */
export function checkPrefix(prefix: string): void {
  if (prefix !== '') checkKey(prefix)
}

/** @throws UsageError unless a value may be stored under `key`. */
export function checkNewKey(key: string): void {
  checkKey(key)
  if (hasOwnName(key))
    throw new UsageError(
      `${JSON.stringify(key)} cannot be stored: names that end like this are used for unfinished writes.`,
    )
}

/** True unless a listing should leave the key out: it is malformed (from a foreign map) or one of our own files. */
export const isListedKey = (key: string): boolean => key !== '' && !BAD.test(key) && !hasOwnName(key)

/** A key below a prefix. */
export const joinKey = (prefix: string, name: string): string =>
  prefix === '' ? name : name === '' ? prefix : `${prefix}/${name}`

/** True if `key` lies below `prefix`; nothing lies below itself. */
export const isBelow = (prefix: string, key: string): boolean =>
  prefix === '' || (key.length > prefix.length && key.startsWith(prefix) && key[prefix.length] === '/')

/** Everything before the last slash; "" at the top. */
export const parentOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf('/')))

/** Everything after the last slash. */
export const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/** One level of a flat set of keys, names sorted; keys that no listing shows are left out. */
export function listLevel(keys: Iterable<string>, prefix: string): { keys: string[]; prefixes: string[] } {
  const skip = prefix === '' ? 0 : prefix.length + 1
  const values = new Set<string>()
  const deeper = new Set<string>()
  for (const key of keys) {
    if (!isBelow(prefix, key) || !isListedKey(key)) continue
    const slash = key.indexOf('/', skip)
    if (slash < 0) values.add(key.slice(skip))
    else deeper.add(key.slice(skip, slash))
  }
  return { keys: [...values].sort(), prefixes: [...deeper].sort() }
}

function fault(key: string): string {
  if (key.includes('\\')) return 'names are joined by "/", and a backslash is not allowed'
  if (key.includes('\0')) return 'it contains a zero byte'
  if (key.startsWith('/')) return 'it starts with a slash'
  if (key.endsWith('/')) return 'it ends with a slash'
  return 'the names ".", ".." and the empty one are not allowed'
}
