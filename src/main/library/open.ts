import { NodeNotFoundError, NotAStoreError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { createGroup } from '@engine/nodes/creation/create-node'
import { openNode, type ZarrNode } from '@engine/nodes/open'
import { writable } from '@engine/nodes/writing/writable'
import { joinKey } from '@engine/stores/key'
import { MemoryStore } from '@engine/stores/memory'
import { ZarrArray, type ArrayAccess } from './array'
import { attributesJson } from './attributes'
import { likeOptions, make, type CreateOptions } from './create'
import { libraryEngine } from './engine'
import { ZarrGroup } from './group'
import type { ArrayHandle } from './node-of'
import { checkMode, closing, placeOf, type Mode, type Place, type Target } from './place'

export interface OpenOptions extends Omit<CreateOptions, 'mode' | 'store'> {
  /**
   * "r" only reads; "r+" changes what exists; "a" (the default) does too, and creates it where a shape is given; "w"
   * deletes what exists and creates; "w-" or "x" creates and refuses where something exists.
   */
  mode?: Mode
  /** Path inside the store, below what the target names. */
  path?: string
  /** Which metadata to use where several formats coexist; 3, 2, 1 in this order otherwise. The format to create. */
  zarrFormat?: ZarrFormat
  signal?: AbortSignal
}

/**
 * Opens an array, or creates one as the mode says; the other options count for creating only. Nothing but metadata is
 * read. An array in a zip keeps the archive open until its `store.close()`, which saves it. Throws NotAStoreError,
 * NodeNotFoundError (also where the path is a group's), NodeExistsError, MetadataError, UsageError, IoError.
 */
export async function open<D extends string = string>(
  target: Target,
  options: OpenOptions = {},
): Promise<ZarrArray<D>> {
  const { mode = 'a', ...creation } = options
  checkMode(mode)
  if (mode === 'w' || mode === 'w-' || mode === 'x') return make({ ...creation, store: target, mode }, {})
  const place = await placeOf(target, mode)
  return closing(place, async () => {
    const node = await found(place, options, mode === 'a' && creation.shape !== undefined)
    if (node === undefined)
      return make<D>({ ...creation, store: place.store, path: at(place, options), mode: 'w-' }, {})
    if (node.kind === 'group')
      throw new NodeNotFoundError(node.path, `"${node.path}" is a group; use openGroup.`)
    return new ZarrArray<D>(node, access(mode, options))
  })
}

/** Opens an array like another one, which gives the shape and everything else where it has to be created. */
export async function openLike(
  other: ArrayHandle,
  target: Target,
  options: OpenOptions = {},
): Promise<ZarrArray> {
  const { mode = 'a' } = options
  checkMode(mode)
  if (mode === 'r' || mode === 'r+') return open(target, options)
  const place = await placeOf(target, mode)
  return closing(place, async () => {
    const node = mode === 'a' ? await found(place, options, true) : undefined
    if (node) return open(place.store, { ...options, path: at(place, options) })
    const { options: pattern, fill } = likeOptions(other)
    const creating = mode === 'a' ? 'w-' : mode
    return make(
      { ...options, store: place.store, path: at(place, options), mode: creating },
      { ...pattern, fill },
    )
  })
}

/**
 * Opens a group: "r" only reads, "r+" (the default) changes what exists, "a" also creates it, "w" deletes what exists
 * and creates, "w-" refuses where something exists. Throws as `open` does.
 */
export async function openGroup(
  target: Target,
  options: Pick<
    OpenOptions,
    'mode' | 'path' | 'zarrFormat' | 'attributes' | 'signal' | 'synchronizer' | 'writeEmptyChunks'
  > = {},
): Promise<ZarrGroup> {
  const { mode = 'r+', zarrFormat, attributes } = options
  checkMode(mode)
  const place = await placeOf(target, mode)
  return closing(place, async () => {
    const isNew = mode === 'w' || mode === 'w-' || mode === 'x'
    const known = isNew ? undefined : await found(place, options, mode === 'a')
    const node =
      known ??
      (await createGroup(
        writable(place.store),
        at(place, options),
        {
          mode: mode === 'w' ? 'w' : 'w-',
          ...(zarrFormat && { zarrFormat }),
          ...(attributes && { attributes: attributesJson(attributes) }),
        },
        libraryEngine(),
      ))
    if (node.kind === 'array') throw new NodeNotFoundError(node.path, `"${node.path}" is an array; use open.`)
    return new ZarrGroup(node, access(mode, options))
  })
}

/** Creates a group, in memory where no store is given; one that exists is opened unless the mode says otherwise. */
export const group = ({
  store = new MemoryStore(),
  mode = 'a',
  ...options
}: Omit<CreateOptions, 'shape'> = {}): Promise<ZarrGroup> => openGroup(store, { ...options, mode })

/** The node of a place; undefined where there is none and that is no fault. */
async function found(
  place: Place,
  options: Pick<OpenOptions, 'path' | 'zarrFormat' | 'signal'>,
  mayBeMissing: boolean,
): Promise<ZarrNode | undefined> {
  const { zarrFormat: format, signal } = options
  try {
    return await openNode(place.store, at(place, options), libraryEngine(), { format, signal })
  } catch (error) {
    if (mayBeMissing && (error instanceof NodeNotFoundError || error instanceof NotAStoreError))
      return undefined
    throw error
  }
}

const at = (place: Place, { path = '' }: { path?: string }): string => joinKey(place.nodePath, path)

const access = (mode: Mode, { synchronizer, writeEmptyChunks }: ArrayAccess): ArrayAccess => ({
  readOnly: mode === 'r',
  synchronizer,
  writeEmptyChunks,
})
