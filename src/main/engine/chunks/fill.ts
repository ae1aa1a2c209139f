import { projectionLoops } from './projection-loops'
import type { ChunkProjection } from './projection'
import type { OutputItems } from './scatter'
import { arrange, checkBounds, isEmpty, walk } from './strided-copy'

/** A pattern is doubled in place up to this size and then copied on, so that its source stays in the cache. */
const PATTERN_BYTES = 32768

/** Fills `bytes`, a whole number of items, with the item; an item of no bytes leaves it as it is. */
export function fillOutput(bytes: Uint8Array, item: Uint8Array): void {
  if (item.length === 0 || bytes.length === 0) return
  if (item.every((byte) => byte === item[0])) {
    bytes.fill(item[0]!)
    return
  }
  bytes.set(item)
  for (let done = item.length; done < bytes.length;) {
    const next = Math.min(
      done,
      Math.max(item.length, PATTERN_BYTES - (PATTERN_BYTES % item.length)),
      bytes.length - done,
    )
    bytes.copyWithin(done, 0, next)
    done += next
  }
}

/** Puts the fill item at every place of `output` that `projection` names. */
export function fillProjection(projection: ChunkProjection, output: OutputItems, item: Uint8Array): void {
  if (item.length === 0) return
  const flat = { shape: projection.coords.map(() => 1), strides: projection.coords.map(() => 0) }
  const { loops, outputOffset } = projectionLoops(projection, flat, output.strides, item.length)
  if (isEmpty(loops)) return
  checkBounds(output.bytes, 'to', { loops, fromOffset: 0, toOffset: outputOffset, unit: item.length })
  const { tables, runs } = arrange(loops)
  const row = runs.at(-1)?.to === item.length ? runs.pop()!.count * item.length : item.length
  walk(tables, runs, 0, outputOffset, (_, t) => fillOutput(output.bytes.subarray(t, t + row), item))
}
