import type { DataTypeSpec } from '@shared/dtype/spec'
import { packed } from './bytes'
import type { BoundSerializer, ChunkSpec } from './codec'
import type { Configuration } from './configuration'
import { canonical, product } from './layout'
import { type VariableItems, readVariable, writeVariable } from './vlen'

/** How the items of one codec differ from plain bytes. */
interface ItemRules {
  readonly kind: DataTypeSpec['kind']
  /** Stored items as canonical ones, or the reverse; throws where they are not what the codec stores. */
  readonly decode?: (items: VariableItems) => VariableItems
  readonly encode?: (items: VariableItems) => VariableItems
}

/** Array→bytes for variable-length items in numcodecs' layout, in C order. */
export function variableCodec(
  configuration: Configuration,
  input: ChunkSpec,
  rules: ItemRules,
): BoundSerializer {
  const { decode = same, encode = same } = rules
  if (input.dtype.kind !== rules.kind) {
    configuration.fail('', `stores items of type ${rules.kind}, not ${input.dtype.kind}`)
  }
  const items = product(input.shape)
  return {
    output: { size: undefined },
    decode(stored) {
      const { data, offsets } = decode(readVariable(stored, items))
      return { ...packed(input, data), offsets }
    },
    encode(chunk) {
      const { data, offsets = new Uint32Array(items + 1) } = canonical(chunk)
      return writeVariable(encode({ data, offsets }))
    },
  }
}

const same = (items: VariableItems): VariableItems => items
