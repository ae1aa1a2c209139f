import { setImmediate as breathe } from 'node:timers/promises'
import { concatBytes } from '@shared/dtype/concat-bytes'
import { itemSize, sameType } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { castItems, type Casting, type Items } from '../writing/cast-items'

/** Items cast in one go: a few milliseconds of the calling thread. */
const PIECE_ITEMS = 2 ** 17

/** As `castItems`, for many items at once: others have their turn on the calling thread in between. */
export async function castInPieces(
  items: Items,
  from: DataTypeSpec,
  to: DataTypeSpec,
  casting: Casting,
): Promise<Items> {
  const size = itemSize(from)
  const isPlain = size === null || size === 0 || itemSize(to) === null || sameType(from, to)
  if (isPlain || items.data.length <= PIECE_ITEMS * size) return castItems(items, from, to, casting)
  const parts: Uint8Array[] = []
  for (let at = 0; at < items.data.length; at += PIECE_ITEMS * size) {
    if (at > 0) await breathe()
    const piece = items.data.subarray(at, at + PIECE_ITEMS * size)
    parts.push(castItems({ data: piece }, from, to, casting).data)
  }
  return { data: concatBytes(parts) }
}
