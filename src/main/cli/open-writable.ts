import { NodeNotFoundError } from '@shared/errors'
import type { ZarrArray } from '@engine/nodes/array'
import { openNode, type ZarrNode } from '@engine/nodes/open'
import { openStore, type OpenedStore, type OpenStoreOptions } from '@engine/stores/open-store'
import { ZipStore } from '@engine/stores/zip'
import type { Engine } from '@engine/session/engine'
import type { CommandContext } from './command'
import { formatOption } from './target'

/**
 * Opens the store that a path leads into for writing, hands it over and closes it, which saves an archive. Where the
 * work fails an archive stays as it was. Modes as `openStore` has them.
 */
export async function withStore<T>(
  context: CommandContext,
  path: string,
  mode: NonNullable<OpenStoreOptions['mode']>,
  use: (opened: OpenedStore, engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await context.engine()
  const opened = await openStore(path, { mode })
  let result: T
  try {
    result = await use(opened, engine)
  } catch (error) {
    if (opened.store instanceof ZipStore) await opened.store.discard()
    else await opened.store.close()
    throw error
  }
  await opened.store.close()
  return result
}

/** The same for a node that exists. */
export async function withWritableNode<T>(
  context: CommandContext,
  path: string,
  use: (node: ZarrNode, opened: OpenedStore) => Promise<T>,
): Promise<T> {
  return withStore(context, path, 'r+', async (opened, engine) => {
    const format = formatOption(context.options['zarr-format'])
    const { signal } = context.io
    return use(await openNode(opened.store, opened.nodePath, engine, { format, signal }), opened)
  })
}

/** The same for an array that exists; throws NodeNotFoundError where the path is a group's. */
export async function withWritableArray<T>(
  context: CommandContext,
  path: string,
  use: (array: ZarrArray, opened: OpenedStore) => Promise<T>,
): Promise<T> {
  return withWritableNode(context, path, async (node, opened) => {
    if (node.kind === 'array') return use(node, opened)
    throw new NodeNotFoundError(
      node.path,
      'This is a group; name one of its arrays (zarrscope tree lists them).',
    )
  })
}
