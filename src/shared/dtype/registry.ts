import { complexType } from './complex-type'
import type { DataType } from './data-type'
import { subarrayType, vlenArrayType } from './list-types'
import { boolType, floatType, integerType, timeType } from './simple-types'
import type { DataTypeSpec } from './spec'
import { structType } from './struct-type'
import { bytesType, objectType, rawType, textType, vlenBytesType, vlenTextType } from './text-types'

/** The runtime object of a data type. Cheap, but worth keeping where many items are read. */
export function dataType(spec: DataTypeSpec): DataType {
  switch (spec.kind) {
    case 'bool':
      return boolType(spec)
    case 'int':
    case 'uint':
      return integerType(spec)
    case 'float':
      return floatType(spec)
    case 'complex':
      return complexType(spec)
    case 'datetime':
    case 'timedelta':
      return timeType(spec)
    case 'bytes':
      return bytesType(spec)
    case 'text':
      return textType(spec)
    case 'raw':
      return rawType(spec)
    case 'struct':
      return structType(spec, dataType)
    case 'subarray':
      return subarrayType(spec, dataType)
    case 'vlen-text':
      return vlenTextType(spec)
    case 'vlen-bytes':
      return vlenBytesType(spec)
    case 'vlen-array':
      return vlenArrayType(spec, dataType)
    case 'object':
      return objectType(spec)
  }
}
