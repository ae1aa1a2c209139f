import type { DataTypeSpec, FloatFormat } from '@shared/dtype/spec'

/** `count` numbers of `unit` bytes each from byte `offset` of a canonical item on: what a change of byte order reverses. */
export interface ItemUnits {
  offset: number
  unit: 1 | 2 | 4 | 8
  count: number
}

/** A canonical item as runs of equal units, gapless and in order. Empty for items of no bytes and of varying length. */
export function itemUnits(dtype: DataTypeSpec): ItemUnits[] {
  const runs: ItemUnits[] = []
  appendUnits(runs, dtype)
  return runs
}

function appendUnits(runs: ItemUnits[], dtype: DataTypeSpec): void {
  switch (dtype.kind) {
    case 'bool':
      return append(runs, 1, 1)
    case 'int':
    case 'uint':
      return append(runs, Math.max(1, dtype.bits / 8) as ItemUnits['unit'], 1)
    case 'float':
      return append(runs, floatSize(dtype.format), 1)
    case 'complex':
      return append(runs, floatSize(dtype.part), 2)
    case 'datetime':
    case 'timedelta':
      return append(runs, 8, 1)
    case 'bytes':
    case 'raw':
      return append(runs, 1, dtype.length)
    case 'text':
      return append(runs, 4, dtype.length)
    case 'struct':
      for (const field of dtype.fields) appendUnits(runs, field.type)
      return
    case 'subarray':
      return appendRepeated(runs, dtype.item, dtype.shape)
    case 'vlen-text':
    case 'vlen-bytes':
    case 'vlen-array':
    case 'object':
      return
  }
}

function appendRepeated(runs: ItemUnits[], item: DataTypeSpec, shape: readonly number[]): void {
  const one = itemUnits(item)
  const times = shape.reduce((n, length) => n * length, 1)
  for (let i = 0; i < times; i++) {
    for (const { unit, count } of one) append(runs, unit, count)
    if (one.length === 1) return append(runs, one[0]!.unit, one[0]!.count * (times - 1))
  }
}

function append(runs: ItemUnits[], unit: ItemUnits['unit'], count: number): void {
  const last = runs.at(-1)
  if (count === 0) return
  if (last?.unit === unit) last.count += count
  else runs.push({ offset: last ? last.offset + last.unit * last.count : 0, unit, count })
}

function floatSize(format: FloatFormat): ItemUnits['unit'] {
  switch (format) {
    case 'float64':
      return 8
    case 'float32':
      return 4
    case 'float16':
    case 'bfloat16':
      return 2
    default:
      return 1
  }
}
