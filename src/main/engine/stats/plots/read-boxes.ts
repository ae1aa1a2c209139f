import { SelectionError } from '@shared/errors'
import { isNumeric } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { BlockPart } from '@shared/model/block'
import { ITEM_STATES, type Unreadable } from '@shared/model/plots'
import { product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import { fieldType } from '../../nodes/fields'
import type { ZarrArray } from '../../nodes/array'
import { sharedSignal } from '../shared-signal'

export interface BoxItems {
  dims: DimSlice[]
  dtype: DataTypeSpec
  /** Without dropped dimensions. */
  shape: number[]
  data: Uint8Array
  /** Index into ITEM_STATES per item; absent where all are stored. */
  states?: Uint8Array
}

export interface ReadBoxesOptions {
  field?: string | undefined
  signal?: AbortSignal | undefined
  lane: 'visible' | 'background'
}

/** The type of the items that are plotted. Throws SelectionError where these are no numbers. */
export function plottedType(array: ZarrArray, field: string | undefined): DataTypeSpec {
  const dtype = field === undefined ? array.dtype : fieldType(array.dtype, [field])
  if (isNumeric(dtype)) return dtype
  throw new SelectionError(
    dtype.kind === 'struct'
      ? 'Records cannot be plotted as a whole; choose one of their fields.'
      : 'Only numbers, booleans and times can be plotted.',
  )
}

/** Reads one box. Chunks that cannot be read are a state of their items and are added to `faults`. */
export async function readBox(
  array: ZarrArray,
  dims: DimSlice[],
  { field, signal, lane }: ReadBoxesOptions,
  faults: Faults,
): Promise<BoxItems> {
  const result = await array.read(
    { kind: 'basic', dims },
    { lane, signal: sharedSignal(signal), ...(field === undefined ? {} : { fields: [field] }) },
  )
  const { dtype, shape, data, parts } = result
  result.failures.forEach(({ error }) => faults.add(error.message))
  const states = statesOf(parts, shape)
  return { dims, dtype, shape, data, ...(states ? { states } : {}) }
}

/** Chunks that could not be read. */
export class Faults {
  private chunks = 0
  private message = ''

  add(message: string): void {
    if (this.chunks++ === 0) this.message = message
  }

  result(): Unreadable | null {
    return this.chunks === 0 ? null : { chunks: this.chunks, message: this.message }
  }
}

function statesOf(parts: readonly BlockPart[], shape: readonly number[]): Uint8Array | undefined {
  const others = parts.filter(({ state }) => state !== 'stored')
  if (others.length === 0) return undefined
  const bytes = new SharedArrayBuffer(product(shape))
  const states = new Uint8Array(bytes)
  for (const part of others) fillBox(states, shape, part, ITEM_STATES.indexOf(part.state))
  return states
}

function fillBox(
  target: Uint8Array,
  shape: readonly number[],
  { start, shape: box }: BlockPart,
  value: number,
): void {
  eachRow(shape, start, box, (offset, length) => target.fill(value, offset, offset + length))
}

/** Calls `visit` with the place and length of every row of a box inside a C-order block. */
export function eachRow(
  shape: readonly number[],
  start: readonly number[],
  box: readonly number[],
  visit: (offset: number, length: number, row: number) => void,
): void {
  if (box.includes(0)) return
  const rank = shape.length
  const length = rank === 0 ? 1 : box[rank - 1]!
  const rows = product(box) / length
  const at = [...start]
  for (let row = 0; row < rows; row++) {
    let offset = 0
    for (let k = 0; k < rank; k++) offset = offset * shape[k]! + at[k]!
    visit(offset, length, row)
    for (let k = rank - 2; k >= 0 && ++at[k]! === start[k]! + box[k]!; k--) at[k] = start[k]!
  }
}
