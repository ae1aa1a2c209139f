import type { DataTypeSpec } from '@shared/dtype/spec'
import { readTyped } from '@shared/dtype/typed'

/** Least and greatest number of a sample. */
export interface ValueRange {
  min: number | bigint
  max: number | bigint
}

const SHORT = /^fixedscaleoffset(?::(u1|u2))?$/
/** The greatest number of each type, less one: rounding must not reach beyond it. */
const ROOM = { u1: 254, u2: 65_534 } as const

/** Whether a codec text leaves scale and offset to the sample. */
export const isUnscaled = (text: string): boolean => SHORT.test(text.trim())

/**
 * "fixedscaleoffset" or "fixedscaleoffset:u1" as the codec's JSON that spreads the range over the integers of the type
 * (u2 where none is named); every other text as it is. Integers that fit are only moved, so that nothing is lost.
 */
export function scaledCodec(text: string, { min, max }: ValueRange): string {
  const match = SHORT.exec(text.trim())
  if (!match) return text
  const type = (match[1] ?? 'u2') as keyof typeof ROOM
  const room = ROOM[type]
  const width = Number(max) - Number(min)
  const isWhole = Number.isInteger(Number(min)) && Number.isInteger(width)
  const scale = width === 0 || (isWhole && width <= room) ? 1 : room / width
  return `{"id":"fixedscaleoffset","offset":${String(min)},"scale":${scale},"astype":"${type === 'u1' ? '|' : '<'}${type}"}`
}

/** Least and greatest finite value; undefined for types that are no numbers, and where there is none. */
export function valueRange(
  dtype: DataTypeSpec,
  chunks: readonly { data: Uint8Array }[],
): ValueRange | undefined {
  if (!['int', 'uint', 'float'].includes(dtype.kind)) return undefined
  let found: ValueRange | undefined
  for (const { data } of chunks) {
    const values = readTyped(dtype, data)
    if (Array.isArray(values)) return undefined
    const range =
      values instanceof BigInt64Array || values instanceof BigUint64Array ? whole(values) : real(values)
    if (!range) continue
    found = {
      min: found && found.min <= range.min ? found.min : range.min,
      max: found && found.max >= range.max ? found.max : range.max,
    }
  }
  return found
}

function real(values: ArrayLike<number>): ValueRange | undefined {
  let [min, max] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : undefined
}

function whole(values: BigInt64Array | BigUint64Array): ValueRange | undefined {
  let [min, max] = [values[0], values[0]]
  for (const value of values) {
    if (value < min!) min = value
    if (value > max!) max = value
  }
  return min === undefined || max === undefined ? undefined : { min, max }
}
