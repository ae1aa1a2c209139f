import { parseNumpyDtype } from '@shared/dtype/numpy-dtype'
import type { ItemFormat } from './codec'

const LONG_NAME = /^(u?int|float)(8|16|32|64)$/

/**
 * The data type of a filter's configuration as NumPy writes it: "<i4", "|u1", ">f8", "<U3", or "int32" and "bool" as
 * zarr-python fills them in. Throws UnsupportedError for types that are not known.
 */
export function numpyItem(text: string): ItemFormat {
  const [, kind = '', bits = ''] = LONG_NAME.exec(text) ?? []
  const short = text === 'bool' ? '|b1' : kind === '' ? text : `<${kind[0]}${Number(bits) / 8}`
  const { spec, byteOrder } = parseNumpyDtype(short)
  return { dtype: spec, bigEndian: byteOrder === 'big' }
}
