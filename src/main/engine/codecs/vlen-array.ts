import { fixedItemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { CodecDefinition } from './codec'
import { corrupt } from './corrupt'
import { canonical } from './layout'
import type { VariableItems } from './vlen'
import { variableCodec } from './vlen-codec'

/** One-dimensional arrays of any length and one data type, whose byte order the configuration's `dtype` names. */
export const vlenArray: CodecDefinition = {
  name: 'numcodecs.vlen-array',
  about: 'arrays of any length',
  bindArrayToBytes(configuration, input) {
    const bigEndian = configuration.text('dtype').startsWith('>')
    const item = input.dtype.kind === 'vlen-array' ? input.dtype.item : undefined
    const itemsize = item ? fixedItemSize(item) : 1
    return variableCodec(configuration, input, {
      kind: 'vlen-array',
      decode(items) {
        checkWhole(items, itemsize)
        return item && bigEndian ? reordered(items, item, itemsize) : items
      },
      encode: (items) => (item && bigEndian ? reordered(items, item, itemsize) : items),
    })
  },
}

function checkWhole({ offsets }: VariableItems, itemsize: number): void {
  offsets.forEach((end, i) => {
    if (end % itemsize !== 0)
      throw corrupt(`item ${i - 1} is not a whole number of elements of ${itemsize} bytes`)
  })
}

/** The elements with their bytes reversed. */
function reordered({ data, offsets }: VariableItems, dtype: DataTypeSpec, itemsize: number): VariableItems {
  const elements = { dtype, shape: [data.length / itemsize], strides: [1], bigEndian: true, data }
  return { data: canonical(elements).data, offsets }
}
