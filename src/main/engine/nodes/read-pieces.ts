import { LimitError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { Selection } from '@shared/selection/selection'
import { selectionSize } from '@shared/selection/describe'
import { sharedBuffers } from '../cache/buffer-pool'
import { MAX_RESULT_BYTES, RESULT_BYTES } from '../pool/limits'
import type { ArrayReadOptions, ArrayReadResult, ZarrArray } from './array'
import { slabs } from './slabs'

const PIECE_BYTES = 64 * 2 ** 20
/** Assumed bytes of an item that varies in length. */
const VARIABLE_BYTES = 256
/** Chunks of one piece: a few seconds of missing ones, and little to remember of them. */
const PIECE_CHUNKS = 2 ** 14

/** What was read, and how many items of the selection that are. */
export interface Piece extends ArrayReadResult {
  items: number
}

export interface ReadPiecesOptions extends Pick<ArrayReadOptions, 'signal' | 'lane' | 'fields'> {
  /** Items of one piece at most. */
  items?: number
  /** Bytes of one piece at most, unless one item has more; 64 MiB when absent. */
  bytes?: number
}

/**
 * Reads a selection in consecutive pieces of its result, C order, in bounded memory however large the result, its
 * items or its number of chunks are; the next piece is only read once it is asked for. A piece is valid until then:
 * its memory is used again. Throws what `ZarrArray.readAll` throws.
 */
export async function* readPieces(
  array: ZarrArray,
  selection: Selection,
  { items = Infinity, bytes = PIECE_BYTES, ...options }: ReadPiecesOptions = {},
): AsyncGenerator<Piece> {
  const { innerGrid, metadata, dtype } = array
  const size = itemSize(dtype)
  if (size !== null) {
    const most = Math.min(items, Math.max(1, Math.floor(bytes / Math.max(1, size))))
    const { buffer, release } = sharedBuffers.acquire(Math.min(most, selectionSize(selection)) * size)
    try {
      for (const piece of slabs(innerGrid, selection, { items: most, chunks: PIECE_CHUNKS }))
        yield {
          ...(await array.readAll(piece, { ...options, out: { buffer, byteOffset: 0 } })),
          items: selectionSize(piece),
        }
    } finally {
      release()
    }
    return
  }
  const each = Math.max(VARIABLE_BYTES, metadata.fill?.length ?? 0)
  const most = Math.min(items, Math.max(1, Math.floor(bytes / each)))
  for (const piece of slabs(innerGrid, selection, { items: most, chunks: PIECE_CHUNKS }))
    yield* readHalving(array, piece, { ...options, maxBytes: bytes })
}

/** Nobody knows how long the items are before they are read: what turns out too much is read again by halves. */
async function* readHalving(
  array: ZarrArray,
  selection: Selection,
  options: ArrayReadOptions,
): AsyncGenerator<Piece> {
  const items = selectionSize(selection)
  const piece = await array
    .readAll(selection, items === 1 ? { ...options, maxBytes: MAX_RESULT_BYTES } : options)
    .catch((thrown: unknown) => {
      if (items === 1 || !(thrown instanceof LimitError && thrown.what === RESULT_BYTES)) throw thrown
    })
  if (piece) {
    yield { ...piece, items }
    return
  }
  for (const half of slabs(array.innerGrid, selection, { items: Math.ceil(items / 2) }))
    yield* readHalving(array, half, options)
}
