import type { DataType, ItemValue } from '../dtype/data-type'
import { dataType } from '../dtype/registry'
import { stringifyJson } from '../json/stringify'
import type { JsonValue } from '../json/value'
import type { Edit } from '../model/edits'
import { MOST_CHARACTERS } from './edit-command'
import type { Script } from './operation'
import { product } from '../selection/counts'

/** Items that a script spells out at most. */
const MOST_ITEMS = 1000

export interface CellValues {
  dtype: DataType
  values: ItemValue[]
}

/** The items of an edit, or why a script has none of them. */
export function cellValues(edit: Extract<Edit, { kind: 'cells' }>): CellValues | { whyNot: string } {
  const count = product(edit.shape)
  if (count > MOST_ITEMS)
    return {
      whyNot: `Scripts spell out ${MOST_ITEMS.toLocaleString('en')} values, not ${count.toLocaleString('en')}: save, export the cells as .npy, and fill from that file.`,
    }
  const { data, offsets } = edit
  const dtype = edit.dtype && dataType(edit.dtype)
  const size = dtype?.itemsize ?? null
  const isWhole = size === null ? offsets?.length === count + 1 : data.length === count * size
  if (!dtype || !isWhole) return { whyNot: 'The values are too long for a script.' }
  const values = Array.from({ length: count }, (_, i) =>
    size === null ? dtype.read(data, offsets![i]!, offsets![i + 1]) : dtype.read(data, i * size),
  )
  return { dtype, values }
}

/** Values as `zarrscope set` takes them: one as it is typed, several as nested lists. */
export function commandValues({ dtype, values }: CellValues, shape: readonly number[]): Script {
  const { kind } = dtype.spec
  const isText = kind === 'text' || kind === 'vlen-text'
  if (values.length === 1 && shape.every((length) => length === 1)) {
    const [value] = values as [ItemValue]
    if (kind === 'subarray' || kind === 'vlen-array' || kind === 'object')
      return { whyNot: 'The command line has no word for this value; take Python.' }
    return { text: isText ? JSON.stringify(value) : dtype.format(value) }
  }
  if (!isText && !['bool', 'int', 'uint', 'float'].includes(kind))
    return { whyNot: 'The command line takes lists of numbers and texts alone; take Python.' }
  const text = stringifyJson(nested(values as JsonValue[], shape), { separators: 'spaced' })
  return text.length > MOST_CHARACTERS
    ? { whyNot: 'These values are too long for a command line.' }
    : { text }
}

function nested(values: readonly JsonValue[], shape: readonly number[]): JsonValue {
  const [length, ...inner] = shape
  if (length === undefined) return values[0]!
  const size = product(inner)
  return Array.from({ length }, (_, i) => nested(values.slice(i * size, (i + 1) * size), inner))
}
