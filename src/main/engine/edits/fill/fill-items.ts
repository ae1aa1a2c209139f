import { LimitError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { ExpressionScope } from '@shared/expression/expression'
import { parseJson } from '@shared/json/parse'
import { cellsOf, type BoxItems, type Fill } from './box'
import { computedItems } from './computed'
import { randomItems } from './random'
import { arangeItems, linspaceItems } from './sequence'

/** Cells that one edit may compute. */
const MAX_COMPUTED = 250_000_000

/** What fills a region of this shape with items of the scope's data type; files are another matter. */
export function fillItems(
  fill: Exclude<Fill, { kind: 'file' }>,
  scope: ExpressionScope,
  shape: readonly number[],
): BoxItems {
  const cells = cellsOf({ count: [...shape] })
  if (fill.kind !== 'constant' && cells > MAX_COMPUTED)
    throw new LimitError('The number of cells to compute', cells, MAX_COMPUTED)
  const { dtype } = scope
  switch (fill.kind) {
    case 'constant':
      return repeated(constantItem(fill.text, dtype), dtype)
    case 'arange':
      return arangeItems(fill, dtype, shape)
    case 'linspace':
      return linspaceItems(fill, dtype, shape)
    case 'random':
      return randomItems(fill, dtype, shape)
    case 'expression':
      return computedItems(fill.text, scope)
  }
}

/** A value as it is typed; texts are taken as they are, or in quotes. */
export function constantItem(text: string, dtype: DataTypeSpec): Uint8Array {
  const type = dataType(dtype)
  if (dtype.kind !== 'text' && dtype.kind !== 'vlen-text') return type.parse(text)
  if (!/^".*"$/s.test(text)) return type.encode(text)
  const value = parseJson(text, { key: 'The value' }).value
  return type.encode(typeof value === 'string' ? value : text)
}

function repeated(item: Uint8Array, dtype: DataTypeSpec): BoxItems {
  const varies = itemSize(dtype) === null
  return {
    needsPresent: false,
    async read(box) {
      const count = cellsOf(box)
      const data = new Uint8Array(count * item.length)
      for (let at = 0; at < data.length; at += item.length) data.set(item, at)
      return varies
        ? { data, offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * item.length) }
        : { data }
    },
  }
}
