import { NodeNotFoundError, UsageError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { openNode, type ZarrNode } from '@engine/nodes/open'
import { createEngine, type Engine } from '@engine/session/engine'
import { MapStore, type MapLike } from '@engine/stores/map'
import { openStore } from '@engine/stores/open-store'
import type { ListableStore } from '@engine/stores/store'
import { ZarrArray } from './array'
import { ZarrGroup } from './group'

export interface OpenOptions {
  /** "r": reading only. */
  mode?: 'r'
  /** Path inside the store, below what the target names. */
  path?: string
  /** Which metadata to use where several formats coexist; 3, 2, 1 in this order otherwise. */
  zarrFormat?: ZarrFormat
  signal?: AbortSignal
}

/** A path to a folder, a zip, or a node inside; an opened store; a `Map<string, Uint8Array>` or an object like one. */
export type Target = string | ListableStore | MapLike

/**
 * Opens an array. Nothing but its metadata is read. An array in a zip keeps the archive open until its `store.close()`. Throws NotAStoreError, NodeNotFoundError (also where the path is a
 * group's), MetadataError, IoError.
 */
export async function open<D extends string = string>(
  target: Target,
  options: OpenOptions = {},
): Promise<ZarrArray<D>> {
  const node = await openTarget(target, options)
  if (node.kind === 'group')
    throw new NodeNotFoundError(node.path, `"${node.path}" is a group; use openGroup.`)
  return new ZarrArray<D>(node)
}

/** Opens a group. Throws as `open` does. */
export async function openGroup(target: Target, options: OpenOptions = {}): Promise<ZarrGroup> {
  const node = await openTarget(target, options)
  if (node.kind === 'array') throw new NodeNotFoundError(node.path, `"${node.path}" is an array; use open.`)
  return new ZarrGroup(node)
}

async function openTarget(target: Target, options: OpenOptions): Promise<ZarrNode> {
  const { mode = 'r', path = '', zarrFormat, signal } = options
  // Other modes are a type error; from JavaScript they arrive here.
  if ((mode as string) !== 'r') throw new UsageError(`The mode "${mode}" is not known; there is "r".`)
  const named = typeof target === 'string' ? await openStore(target) : undefined
  const store = named?.store ?? storeOf(target as ListableStore | MapLike)
  try {
    const inside = [named?.nodePath ?? '', path].filter((part) => part !== '').join('/')
    return await openNode(store, inside, libraryEngine(), {
      format: zarrFormat,
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    await named?.store.close()
    throw error
  }
}

const storeOf = (target: ListableStore | MapLike): ListableStore =>
  'locate' in target ? target : new MapStore(target)

let engine: Engine | undefined

/** Workers and cache of this process; made on first use. Idle workers do not keep the process running. */
export function libraryEngine(): Engine {
  engine ??= createEngine()
  return engine
}
