import { UsageError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { placesIn, type Box, type BoxItems, type Fill } from './box'
import { arithmeticOf, floatItems, wholeItems } from './numbers'
import { doubleOf, wholeOf } from './sequence'

/**
 * Random values that the seed and a cell's place in the region determine, whatever order they are made in. `uniform` lies
 * from `low` up to, not including, `high`; whole numbers and times include both. `normal` has mean `low` and standard
 * deviation `high`; whole numbers are the nearest.
 */
export function randomItems(
  fill: Extract<Fill, { kind: 'random' }>,
  dtype: DataTypeSpec,
  shape: readonly number[],
): BoxItems {
  const { distribution, low, high, seed } = fill
  const kind = arithmeticOf(dtype, 'Random values')
  if (distribution === 'uniform' && kind === 'whole') {
    const [from, to] = [wholeOf(low, dtype), wholeOf(high, dtype)]
    if (to < from)
      throw new UsageError(`Random values from ${low} to ${high} are not possible: give the lower first.`)
    const span = to - from + 1n
    return items((box, places) =>
      wholeItems(box, places.length, (i) => from + wholeBelow(seed, places[i]!, span), dtype),
    )
  }
  const [a, b] = [doubleOf(low), doubleOf(high)]
  const draw = (number: number): number =>
    distribution === 'uniform' ? a + (b - a) * unit(seed, number, 0) : a + b * normal(seed, number)
  if (kind !== 'complex')
    return items((box, places) =>
      floatItems(box, places.map(kind === 'whole' ? (place) => Math.round(draw(place)) : draw), dtype),
    )
  return items((box, places) => {
    const values = new Float64Array(2 * places.length)
    for (let i = 0; i < values.length; i++) values[i] = draw(2 * places[i >> 1]! + (i & 1))
    return floatItems(box, values, dtype, { kind: 'complex', part: 'float64' })
  })

  function items(read: (box: Box, places: Float64Array) => ReturnType<BoxItems['read']>): BoxItems {
    return { needsPresent: false, read: async (box) => read(box, placesIn(shape, box)) }
  }
}

/** A double in [0, 1) for a numbered draw; `stream` tells several of one number apart. */
function unit(seed: number, number: number, stream: number): number {
  const [high, low] = mixed(seed, number, stream)
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53
}

/** Box and Muller's transform of two draws. */
const normal = (seed: number, number: number): number =>
  Math.sqrt(-2 * Math.log(1 - unit(seed, number, 1))) * Math.cos(2 * Math.PI * unit(seed, number, 2))

/** A whole number from 0 to below `span`, which has at most 64 bits. */
function wholeBelow(seed: number, number: number, span: bigint): bigint {
  const [a, b] = mixed(seed, number, 3)
  const [c, d] = mixed(seed, number, 4)
  const bits = (BigInt(a) << 96n) | (BigInt(b) << 64n) | (BigInt(c) << 32n) | BigInt(d)
  return (bits * span) >> 128n
}

/** Two words of 32 bits that depend on every bit of the three numbers (the finalizer of MurmurHash3, in a chain). */
function mixed(seed: number, number: number, stream: number): [number, number] {
  let state = mix(stream + 1)
  for (const word of [seed / 2 ** 32, seed, number / 2 ** 32, number]) state = mix(state ^ (word >>> 0))
  return [mix(state ^ 0x9e3779b9), mix(state ^ 0x3c6ef372)]
}

function mix(word: number): number {
  let h = (word + 0x6d2b79f5) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
