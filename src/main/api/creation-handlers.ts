import { NodeExistsError, UsageError, ZarrscopeError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import type { ArrayOptions } from '@shared/model/edits'
import type { ArrayField, ArrayPreview } from '@shared/model/preview'
import type { Handlers } from '@shared/rpc/handlers'
import { newArrayOptions } from '@engine/edits/array-options'
import { guessCsvType } from '@engine/interop/csv-guess'
import { listHdf5 } from '@engine/interop/list-hdf5'
import { NpyFile } from '@engine/interop/npy-read'
import { dataType } from '@shared/dtype/registry'
import { checkNodeName } from '@engine/nodes/creation/node-name'
import { previewArray } from '@engine/nodes/creation/preview-array'
import { checkNoTwin } from '@engine/nodes/creation/twin-name'
import { hasNode } from '@engine/nodes/documents'
import { openNode } from '@engine/nodes/open'
import { nameOf, parentOf } from '@engine/stores/key'
import type { Engine } from '@engine/session/engine'
import type { Session } from '@engine/session/session'
import type { HostServices } from './host-services'
import { importKind } from './jobs/item-files'
import type { Sessions } from './sessions'

type Method = 'node.previewArray' | 'file.inspect'

/** What new things would be like, and what files hold that they can be made of. */
export function creationHandlers(
  engine: Engine,
  host: HostServices,
  sessions: Sessions,
): Pick<Handlers, Method> {
  return {
    'node.previewArray': async ({ store, path, options }) => {
      try {
        if (store !== null) await checkPlace(sessions.get(store), path, options.zarrFormat, engine)
      } catch (error) {
        if (!(error instanceof ZarrscopeError)) throw error
        return { error: { field: 'name', message: error.message } } satisfies ArrayPreview
      }
      try {
        return previewArray(path, newArrayOptions(options))
      } catch (error) {
        if (!(error instanceof ZarrscopeError)) throw error
        return { error: { field: unreadable(options), message: error.message } }
      }
    },
    'file.inspect': async ({ ticket }) => {
      const path = await host.resolveFile(ticket, 'read')
      const kind = importKind(path)
      if (kind === 'hdf5') return { kind, ...(await listHdf5(path)) }
      if (kind === 'csv') return { kind, ...(await guessCsvType(path)) }
      const file = await NpyFile.open(path)
      await file.close()
      return { kind, shape: [...file.shape], dtype: dataType(file.dtype).name }
    },
  }
}

/** A new node must have a name that its format allows, and a group above. Throws where it has not. */
async function checkPlace(
  session: Session,
  path: string,
  zarrFormat: 1 | 2 | 3,
  engine: Engine,
): Promise<void> {
  const { store } = session
  if (path === '') throw new UsageError('Type a name.')
  checkNodeName(nameOf(path), zarrFormat)
  if (await hasNode(store, path)) throw new NodeExistsError(`/${path}`)
  for (let above = path; above !== '';) {
    above = parentOf(above)
    if (!(await hasNode(store, above))) continue
    const node = await openNode(store, above, { executor: engine.executor })
    if (node.kind === 'group') return checkNoTwin(store, path)
    throw new UsageError(`"/${above}" is an array; nothing can be created below it.`)
  }
}

/** The field whose text cannot even be read. */
function unreadable({ attributes }: ArrayOptions): ArrayField {
  try {
    if (attributes !== undefined) parseJson(attributes, { key: 'The attributes' })
    return 'dtype'
  } catch {
    return 'attributes'
  }
}
