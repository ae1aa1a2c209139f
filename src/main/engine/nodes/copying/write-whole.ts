import { join } from 'node:path'
import { NodeExistsError, UsageError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { isAbsent } from '../../files/io-error'
import { nodeFs } from '../../files/node'
import { isOwnName } from '../../files/own-names'
import { DirectoryStore } from '../../stores/directory'
import { beginExchange } from '../../stores/exchange'
import { nameOf, parentOf } from '../../stores/key'
import type { CopyTarget } from './copy-array'
import { createGroup } from '../creation/create-node'
import { checkNodeName } from '../creation/node-name'
import { hasNode } from '../documents'
import { openNode } from '../open'
import { reconsolidateAbove } from '../writing/reconsolidate'
import { writable } from '../writing/writable'

export interface WholeOptions {
  zarrFormat: ZarrFormat
  /** Replaces the node that is there, once the new one is whole. */
  overwrite: boolean
}

/**
 * Lets `write` make a node with everything below it. In a folder it is made beside its place and takes it when it is
 * whole: nobody sees half of it, what was there stays until then, and a failure leaves nothing. Archives do this by
 * themselves, when they are saved.
 *
 * Throws NodeExistsError, UsageError where other files are in the way or a group above is none, and what `write` throws.
 */
export async function writeWhole<T>(
  target: CopyTarget,
  options: WholeOptions,
  write: (at: CopyTarget) => Promise<T>,
): Promise<T> {
  const { store, path, context } = target
  const { zarrFormat, overwrite } = options
  writable(store)
  if (path !== '') checkNodeName(nameOf(path), zarrFormat)
  if (path !== '' && zarrFormat === 1)
    throw new UsageError('Format 1 has no groups: its array lies at the root of a store.')
  const exists = await hasNode(store, path)
  if (exists && !overwrite) throw new NodeExistsError(path === '' ? (store.path ?? 'the root') : path)
  await checkAbove(target)
  if (!(store instanceof DirectoryStore)) {
    if (exists) await store.deletePrefix(path)
    const result = await write(target)
    await reconsolidateAbove(store, path, context)
    return result
  }
  const folder = store.place(path)?.folder ?? join(store.path, path)
  if (!exists) await refuseOthers(folder)
  const exchange = await beginExchange(store, path)
  const beside = new DirectoryStore(exchange.made)
  try {
    const result = await write({ store: beside, path: '', context })
    if (path !== '') await createGroup(store, parentOf(path), { mode: 'a', zarrFormat }, context)
    await exchange.take()
    context.cache?.drop(store, path)
    await reconsolidateAbove(store, path, context)
    return result
  } finally {
    context.cache?.drop(beside, '')
    await exchange.abandon().catch(() => undefined)
  }
}

/** The nearest node above must be a group, as nothing lies inside an array. */
async function checkAbove({ store, path, context }: CopyTarget): Promise<void> {
  for (let above = path; above !== '';) {
    above = parentOf(above)
    if (!(await hasNode(store, above))) continue
    if ((await openNode(store, above, context)).kind === 'group') return
    throw new UsageError(`"${above || 'The root'}" is an array; nothing can be created below it.`)
  }
}

/** A folder that is no node must be empty: nobody has agreed to lose what is in it. */
async function refuseOthers(folder: string): Promise<void> {
  let names: string[]
  try {
    names = (await nodeFs.readdir(folder)).map(({ name }) => name)
  } catch (error) {
    if (isAbsent(error)) return
    throw error
  }
  if (names.some((name) => !isOwnName(name)))
    throw new UsageError(`${folder} holds other files; choose a place where nothing is.`)
}
