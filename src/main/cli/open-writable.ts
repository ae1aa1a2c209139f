import { NodeNotFoundError } from '@shared/errors'
import type { ZarrArray } from '@engine/nodes/array'
import { openNode, type ZarrNode } from '@engine/nodes/open'
import { openStore, type OpenedStore, type OpenStoreOptions } from '@engine/stores/open-store'
import { ZipStore } from '@engine/stores/zip'
import { CONSOLIDATED_LOCK } from '@engine/stores/lock-slots'
import { documentLock, type KeyLocks } from '@engine/nodes/writing/key-locks'
import type { Engine } from '@engine/session/engine'
import type { CommandContext } from './command'
import { syncOption } from './arguments'
import { folderLocks, holdingArchive, leavingNoFolder } from './locks'
import { formatOption } from './target'

type Mode = NonNullable<OpenStoreOptions['mode']>

/** A store to write to; `locks` where `--sync` asks for some that the command takes chunk by chunk itself. */
export interface Opened extends OpenedStore {
  locks?: KeyLocks | undefined
}

type Use<T> = (opened: Opened, engine: Engine) => Promise<T>

/**
 * Opens the store that a path leads into for writing, hands it over and closes it, which saves an archive. Where the
 * work fails an archive stays as it was. Modes as `openStore` has them. With `--sync` the locks of the node's document
 * are held meanwhile, or of the whole archive.
 */
export function withStore<T>(context: CommandContext, path: string, mode: Mode, use: Use<T>): Promise<T> {
  return synchronized(context, path, mode, (opened, engine) => {
    const { locks, storePath, nodePath } = opened
    if (!locks) return use(opened, engine)
    const names = [documentLock(nodePath), CONSOLIDATED_LOCK]
    const work = (): Promise<T> => use({ ...opened, locks: undefined }, engine)
    return leavingNoFolder(storePath, () => locks.holding(names, work, context.io.signal))
  })
}

/** Opens the store, an archive once it is locked, and hands it over with the locks of a folder. */
async function synchronized<T>(context: CommandContext, path: string, mode: Mode, use: Use<T>): Promise<T> {
  const sync = syncOption(context.options.sync)
  const engine = await context.engine()
  const opened = await openStore(path, { mode })
  if (opened.notice !== undefined) context.io.err(`note: ${opened.notice}\n`)
  if (sync === 'none') return closing(opened, () => use(opened, engine))
  const { store, storePath } = opened
  if (!(store instanceof ZipStore)) {
    const locks = folderLocks(sync, storePath)
    return closing(opened, () => use({ ...opened, locks }, engine))
  }
  if (sync === 'thread') return closing(opened, () => use(opened, engine))
  await store.discard()
  const again = async (): Promise<T> => {
    const locked = await openStore(path, { mode })
    return closing(locked, () => use(locked, engine))
  }
  return holdingArchive(storePath, again, context.io.signal)
}

async function closing<T>(opened: OpenedStore, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    await opened.store.close()
    return result
  } catch (error) {
    if (opened.store instanceof ZipStore) await opened.store.discard()
    else await opened.store.close()
    throw error
  }
}

/** The same for a node that exists. */
export const withWritableNode = <T>(
  context: CommandContext,
  path: string,
  use: (node: ZarrNode, opened: Opened) => Promise<T>,
): Promise<T> => withStore(context, path, 'r+', nodeFor(context, use))

/** The same for commands that take the locks of the opened store themselves, for as short a time as they need them. */
export const withLockableNode = <T>(
  context: CommandContext,
  path: string,
  use: (node: ZarrNode, opened: Opened) => Promise<T>,
): Promise<T> => synchronized(context, path, 'r+', nodeFor(context, use))

const nodeFor =
  <T>(context: CommandContext, use: (node: ZarrNode, opened: Opened) => Promise<T>): Use<T> =>
  async (opened, engine) => {
    const format = formatOption(context.options['zarr-format'])
    const { signal } = context.io
    return use(await openNode(opened.store, opened.nodePath, engine, { format, signal }), opened)
  }

/** The same for an array that exists; throws NodeNotFoundError where the path is a group's. */
export const withWritableArray = <T>(
  context: CommandContext,
  path: string,
  use: (array: ZarrArray, opened: Opened) => Promise<T>,
): Promise<T> => withWritableNode(context, path, arrayOnly(use))

export const withLockableArray = <T>(
  context: CommandContext,
  path: string,
  use: (array: ZarrArray, opened: Opened) => Promise<T>,
): Promise<T> => withLockableNode(context, path, arrayOnly(use))

const arrayOnly =
  <T>(use: (array: ZarrArray, opened: Opened) => Promise<T>) =>
  async (node: ZarrNode, opened: Opened): Promise<T> => {
    if (node.kind === 'array') return use(node, opened)
    throw new NodeNotFoundError(
      node.path,
      'This is a group; name one of its arrays (zarrscope tree lists them).',
    )
  }
