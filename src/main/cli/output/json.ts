import { LimitError } from '@shared/errors'
import { stringifyJson } from '@shared/json/stringify'
import { product } from '@shared/selection/counts'
import { itemValues } from '@engine/nodes/item-values'
import type { ResultFormat, ResultHead } from '@engine/interop/output/result-format'

/** Empty lists that an array with a dimension of length 0 may be printed as. */
const MAX_EMPTY_LISTS = 1_000_000

/** `{"shape": […], "dtype": "…", "data": nested lists}`; the data of a 0-d result is the bare value. */
export function jsonFormat({ shape, dtype, dtypeName }: ResultHead): ResultFormat {
  const strides = shape.map((_, k) => product(shape.slice(k)))
  let item = 0
  return {
    binary: false,
    begin: () =>
      `{"shape": [${shape.join(', ')}], "dtype": ${JSON.stringify(dtypeName)}, "data": ${empty(shape)}`,
    items(data, offsets) {
      let out = ''
      for (const value of itemValues(dtype, data, offsets)) {
        const opened = strides.filter((stride) => item % stride === 0).length
        if (item > 0) out += ', '
        item++
        const closed = strides.filter((stride) => item % stride === 0).length
        out +=
          '['.repeat(opened) +
          stringifyJson(dtype.toJson(value), { separators: 'spaced' }) +
          ']'.repeat(closed)
      }
      return out
    },
    end: () => '}\n',
  }
}

/** The whole data of an array without items: its lists, empty where the first dimension of length 0 comes. */
function empty(shape: readonly number[]): string {
  const at = shape.indexOf(0)
  if (at < 0) return ''
  const lists = product(shape.slice(0, at))
  if (lists > MAX_EMPTY_LISTS)
    throw new LimitError('The number of empty lists to print', lists, MAX_EMPTY_LISTS)
  return shape
    .slice(0, at)
    .reduceRight((inner, length) => `[${Array<string>(length).fill(inner).join(', ')}]`, '[]')
}
