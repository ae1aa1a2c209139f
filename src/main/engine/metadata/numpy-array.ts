/** What formats 1 and 2 share: NumPy data types, chunk lists, order. */
import { MetadataError, UnsupportedError } from '@shared/errors'
import { parseFill } from '@shared/dtype/fill'
import { parseNumpyDtype, type NumpyDtype } from '@shared/dtype/numpy-dtype'
import { swapPairs } from '@shared/dtype/swap'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ZarrFormat } from '@shared/model/node'
import type { CodecSpec } from '../codecs/pipeline-spec'
import { lengths, required, shown, type MetadataDocument } from './document'
import type { Problems } from './problem'

export interface NumpyArray {
  shape: number[]
  chunks: number[]
  order: 'C' | 'F'
  /** Undefined where the data type is not known; `problems` then says so. */
  dtype: NumpyDtype | undefined
  dtypeName: string
}

/** Shape, chunks, order and data type. Throws MetadataError where the document cannot describe any array. */
export function readNumpyArray(document: MetadataDocument, problems: Problems): NumpyArray {
  const shape = lengths(document, 'shape', required(document, 'shape'), 0)
  const chunks = lengths(document, 'chunks', required(document, 'chunks'), 0, shape.length).map(
    (length, k) => {
      if (length > 0) return length
      // Dimensions without items were given chunks without items as well; nothing is stored for them.
      if (shape[k] === 0) return 1
      throw new MetadataError(
        document.key,
        'chunks',
        'it holds 0; a chunk has at least one item along every dimension.',
      )
    },
  )
  const order = required(document, 'order')
  if (order !== 'C' && order !== 'F') {
    throw new MetadataError(document.key, 'order', `it is ${shown(order)}; it must be "C" or "F".`)
  }
  const stored = required(document, 'dtype')
  const dtype = problems.attempt(undefined, () => parseNumpyDtype(stored))
  return {
    shape,
    chunks,
    order,
    dtype,
    dtypeName: typeof stored === 'string' ? stored : stringifyJson(stored),
  }
}

/** The fill item; null where it is undefined or cannot be read. */
export function readNumpyFill(
  json: JsonValue,
  dtype: NumpyDtype | undefined,
  format: ZarrFormat,
  problems: Problems,
): Uint8Array | null {
  if (dtype === undefined) return null
  return problems.attempt(null, () => parseFill(dtype.spec, json, format, dtype.swaps))
}

/** Beyond this many single numbers the list of what to swap costs more than it is worth. */
const MAX_SWAPS = 65_536

/** The codec that writes items in their stored byte order. */
export function bytesCodec({ byteOrder, swaps }: NumpyDtype): CodecSpec {
  const configuration: JsonObject = new Map()
  if (byteOrder === 'mixed') {
    if (swaps.reduce((sum, { count }) => sum + count, 0) > MAX_SWAPS) {
      throw new UnsupportedError(
        'data type',
        'record',
        `it has more than ${MAX_SWAPS} big-endian numbers beside little-endian ones`,
      )
    }
    configuration.set('endian', 'mixed').set('swaps', swapPairs(swaps))
  } else if (byteOrder !== 'not applicable') {
    configuration.set('endian', byteOrder)
  }
  return { name: 'bytes', configuration }
}

/** Column-major storage is a transpose; in fewer than two dimensions there is nothing to turn. */
export function columnMajor(rank: number): CodecSpec[] {
  if (rank < 2) return []
  const order = Array.from({ length: rank }, (_, axis) => rank - 1 - axis)
  return [{ name: 'transpose', configuration: new Map([['order', order]]) }]
}
