import { stat } from 'node:fs/promises'
import { NodeExistsError, UsageError } from '@shared/errors'
import type { ArrayOptions } from '@shared/model/edits'
import { newArrayOptions } from '@engine/edits/array-options'
import { createArray, createGroup } from '@engine/nodes/creation/create-node'
import { hasNode } from '@engine/nodes/documents'
import type { Engine } from '@engine/session/engine'
import { openStore } from '@engine/stores/open-store'
import { ZipStore } from '@engine/stores/zip'
import type { HostServices } from './host-services'

/** Creates a store at a place that the person named, with a group or an array as its root. Nothing is replaced. */
export async function createStore(
  { ticket, root }: { ticket: string; root: { zarrFormat: 2 | 3 } | { options: ArrayOptions } },
  { engine, host }: { engine: Engine; host: HostServices },
): Promise<string> {
  const path = await host.resolveFile(ticket, 'write')
  const isTaken = await stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  )
  if (isTaken) throw new UsageError(`${path} exists already; choose another name.`)
  const { store, nodePath } = await openStore(path, { mode: 'w-', flush: 'all' })
  try {
    if (nodePath !== '') throw new UsageError(`${path} lies inside another store; make a new group there.`)
    if (await hasNode(store, '')) throw new NodeExistsError(path)
    const { keys, prefixes } = await store.list('')
    if (keys.length + prefixes.length > 0)
      throw new UsageError(`${path} holds other files; choose a place where nothing is.`)
    if ('options' in root) await createArray(store, '', newArrayOptions(root.options), engine)
    else await createGroup(store, '', root, engine)
  } catch (error) {
    await (store instanceof ZipStore ? store.discard() : store.close())
    throw error
  }
  await store.close()
  return path
}
