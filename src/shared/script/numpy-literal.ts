import type { DataType, ItemValue } from '../dtype/data-type'
import { quote } from '../dtype/parse-text'
import { dataType } from '../dtype/registry'
import type { DataTypeSpec } from '../dtype/spec'
import { stringifyJson } from '../json/stringify'
import type { JsonValue } from '../json/value'
import { pythonOfJson } from './python-text'
import { product } from '../selection/counts'

/**
 * A NumPy expression (with `numpy` as `np`) for items in C order over a shape: the shortest texts that give the same
 * values, and the data type. Types that NumPy has no name for are given as the nearest it has, and named behind.
 */
export function numpyLiteral(dtype: DataType, items: readonly ItemValue[], shape: readonly number[]): string {
  const { text: type, note } = typeText(dtype)
  const texts = items.map((value) => itemLiteral(dtype, value))
  if (isList(dtype.spec))
    return `np.fromiter([${texts.join(', ')}], dtype=object, count=${items.length}).reshape((${shape.map((n) => `${n},`).join(' ')}))`
  return `np.array(${nested(texts, shape, ' '.repeat(10))}, dtype=${type})${note}`
}

/** Lists of items would be taken for dimensions. */
const isList = (spec: DataTypeSpec): boolean => spec.kind === 'vlen-array' || spec.kind === 'object'

function nested(texts: readonly string[], shape: readonly number[], indent: string): string {
  const [length, ...inner] = shape
  if (length === undefined) return texts[0] ?? ''
  if (inner.length === 0) return `[${texts.join(', ')}]`
  const size = product(inner)
  const parts = Array.from({ length }, (_, i) =>
    nested(texts.slice(i * size, (i + 1) * size), inner, `${indent} `),
  )
  return `[${parts.join(`,\n${indent}`)}]`
}

interface TypeText {
  text: string
  note: string
}

function typeText({ spec, name }: DataType): TypeText {
  switch (spec.kind) {
    case 'vlen-text':
      return { text: 'np.dtypes.StringDType()', note: '' }
    case 'vlen-bytes':
      return { text: 'object', note: '' }
    case 'struct':
    case 'subarray':
      return { text: `np.dtype(${name})`, note: '' }
    case 'int':
    case 'uint':
      return spec.bits < 8 ? nearest(`${spec.kind}8`, name) : named(name)
    case 'float':
      return /^float(16|32|64)$/.test(spec.format) ? named(name) : nearest('float32', name)
    case 'complex':
      return /^complex(64|128)$/.test(name) ? named(name) : nearest('complex64', name)
    default:
      return named(name)
  }
}

const named = (name: string): TypeText => ({ text: `'${name}'`, note: '' })
const nearest = (name: string, own: string): TypeText => ({ text: `'${name}'`, note: `  # ${own}` })

/** One item as Python writes it. */
export function itemLiteral(dtype: DataType, value: ItemValue): string {
  const { spec } = dtype
  switch (spec.kind) {
    case 'float':
      return floatText(dtype.format(value))
    case 'complex': {
      const [re, im] = value as [number, number]
      const part = dataType({ kind: 'float', format: spec.part })
      return `complex(${floatText(part.format(re))}, ${floatText(part.format(im))})`
    }
    case 'datetime':
      return `'${dtype.format(value)}'`
    case 'timedelta':
      return dtype.format(value) === 'NaT' ? "'NaT'" : dtype.format(value)
    case 'text':
    case 'vlen-text':
      return quote(value as string)
    case 'object':
      return pythonOfJson(stringifyJson(value as unknown as JsonValue))
    case 'vlen-array':
      return listLiteral(dataType(spec.item), value as ItemValue[])
    case 'subarray':
      return boxLiteral(dataType(spec.item), value as ItemValue[], spec.shape.length)
    case 'struct': {
      const record = value as Record<string, ItemValue>
      const parts = spec.fields.map(({ name, type }) => itemLiteral(dataType(type), record[name] ?? null))
      return `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`
    }
    case 'bool':
    case 'int':
    case 'uint':
    case 'bytes':
    case 'raw':
    case 'vlen-bytes':
      return dtype.format(value)
  }
}

const listLiteral = (item: DataType, values: readonly ItemValue[]): string =>
  `[${values.map((value) => itemLiteral(item, value)).join(', ')}]`

const boxLiteral = (item: DataType, values: readonly ItemValue[], rank: number): string =>
  rank === 1
    ? listLiteral(item, values)
    : `[${values.map((value) => boxLiteral(item, value as ItemValue[], rank - 1)).join(', ')}]`

const floatText = (text: string): string =>
  ({ nan: 'np.nan', inf: 'np.inf', '-inf': '-np.inf' })[text] ?? text
