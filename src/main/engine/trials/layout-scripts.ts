import { UsageError, ZarrscopeError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import type { LayoutChange } from '@shared/model/jobs'
import { arrayPython } from '@shared/script/array-python'
import { layoutCommand } from '@shared/script/layout-command'
import type { Scripts } from '@shared/script/operation'
import { writeArrayDocuments } from '../metadata/write-documents'
import type { ZarrArray } from '../nodes/array'
import { derivedOptions } from '../nodes/copying/derived-options'
import { resolveNewArray } from '../nodes/creation/new-array-options'
import { resolveLayout } from './layouts'

/** The part of a layout that the laboratory settles. */
export type TunedLayout = Pick<LayoutChange, 'chunks' | 'shards' | 'order' | 'compressor' | 'filters'>

/**
 * What gives an array this layout, as a command and as Python; or why there is none. The Python says what the
 * documents say that such an array would have, composed here and never written.
 */
export function layoutScripts(array: ZarrArray, layout: TunedLayout): Scripts {
  const { store, path, metadata } = array
  const { zarrFormat } = metadata
  const { chunks, shards, ...codecs } = layout
  try {
    if (store.path === undefined) throw new UsageError('The store has no path.')
    const shape = chunks ? resolveLayout(array.shape, { chunks, shards }) : undefined
    const made = resolveNewArray(derivedOptions(array, { ...codecs, ...shape }, zarrFormat))
    const documents = writeArrayDocuments(made.array, made.format)
    const document = parseJson(documents.get(zarrFormat === 3 ? 'zarr.json' : '.zarray') ?? '{}').value
    if (!(document instanceof Map)) throw new TypeError('a metadata document is an object')
    const isLocal = store.kind === 'directory' || store.kind === 'zip'
    return {
      command: isLocal
        ? { text: layoutCommand({ ...codecs, ...shape }, store.path, path) }
        : { whyNot: 'The command line changes folders and zip files.' },
      python: arrayPython({
        storePath: store.path,
        storeKind: isLocal ? store.kind : 'other',
        path,
        zarrFormat,
        document,
      }),
    }
  } catch (error) {
    if (!(error instanceof ZarrscopeError)) throw error
    return { command: { whyNot: error.message }, python: { whyNot: error.message } }
  }
}
