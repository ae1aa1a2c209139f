import { UnsupportedError } from '@shared/errors'
import { fixedItemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Metadata } from 'h5wasm/node'

/** Classes of HDF5 data types (H5T_class_t). */
const CLASS = {
  integer: 0,
  float: 1,
  string: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  enumeration: 8,
  array: 10,
}

/** An HDF5 data type, and where the pieces of one stored item go in a canonical one. */
export interface Hdf5Type {
  spec: DataTypeSpec
  /** Bytes of a stored item. */
  size: number
  /** Undefined where both are the same. */
  pieces: Piece[] | undefined
}

/** `size` bytes from `from` of the stored item to `to` of the canonical one. */
interface Piece {
  from: number
  to: number
  size: number
  /** Width of numbers whose bytes are to be reversed: the library leaves fields of records in the file's order. */
  swap?: number
}

const FLOATS: Record<number, 'float16' | 'float32' | 'float64'> = { 2: 'float16', 4: 'float32', 8: 'float64' }

/**
 * The data type of a dataset: numbers, enumerations as their integers (booleans where they are h5py's), fixed strings as
 * bytes, strings of varying length, compounds as records (complex numbers where they are h5py's), array fields, opaque
 * bytes. Throws UnsupportedError for references, sequences of varying length and unusual floats.
 */
export function hdf5Type(metadata: Metadata): Hdf5Type {
  const { type, size, vlen } = metadata
  const whole = (spec: DataTypeSpec): Hdf5Type => ({ spec, size, pieces: undefined })
  switch (type) {
    case CLASS.integer:
    case CLASS.bitfield:
      return whole(integer(size, type === CLASS.integer && metadata.signed))
    case CLASS.float: {
      const format = FLOATS[size]
      return format ? whole({ kind: 'float', format }) : unknown(`float of ${size} bytes`)
    }
    case CLASS.string:
      return whole(vlen ? { kind: 'vlen-text' } : { kind: 'bytes', length: size })
    case CLASS.opaque:
      return whole({ kind: 'raw', length: size })
    case CLASS.enumeration:
      return whole(isBoolean(metadata) ? { kind: 'bool' } : integer(size, metadata.signed))
    case CLASS.compound:
      return compound(metadata)
    case CLASS.array:
      return arrayField(metadata)
    default:
      return unknown(`HDF5 class ${type}`)
  }
}

function integer(size: number, signed: boolean): DataTypeSpec {
  if (size !== 1 && size !== 2 && size !== 4 && size !== 8) return unknown(`integer of ${size} bytes`)
  return { kind: signed ? 'int' : 'uint', bits: (size * 8) as 8 | 16 | 32 | 64 }
}

function isBoolean({ enum_type: enumeration, size }: Metadata): boolean {
  const members = enumeration?.members
  return size === 1 && members?.['FALSE'] === 0 && members['TRUE'] === 1 && Object.keys(members).length === 2
}

function compound({ compound_type: type, size }: Metadata): Hdf5Type {
  const members = (type?.members ?? []).map((member) => ({ member, type: hdf5Type(member) }))
  const [first, second] = members
  const part = first?.type.spec
  const isComplex =
    members.length === 2 &&
    first?.member.name === 'r' &&
    second?.member.name === 'i' &&
    part?.kind === 'float' &&
    second.type.spec.kind === 'float' &&
    second.type.spec.format === part.format &&
    part.format !== 'float16'
  const pieces: Piece[] = []
  let to = 0
  for (const { member, type: field } of members) {
    if (field.spec.kind === 'vlen-text') unknown(`string of varying length in the field "${member.name}"`)
    const length = fixedItemSize(field.spec)
    for (const piece of field.pieces ?? [{ from: 0, to: 0, size: length, ...swapOf(member) }])
      pieces.push({ ...piece, from: member.offset + piece.from, to: to + piece.to })
    to += length
  }
  const spec: DataTypeSpec = isComplex
    ? { kind: 'complex', part: part.format }
    : {
        kind: 'struct',
        fields: members.map(({ member, type: field }) => ({ name: member.name, type: field.spec })),
      }
  const isPacked = to === size && pieces.every((piece) => piece.from === piece.to && piece.swap === undefined)
  return { spec, size, pieces: isPacked ? undefined : pieces }
}

function swapOf(member: Metadata): { swap?: number } {
  const number = member.type === CLASS.array ? member.array_type : member
  const hasOrder = [CLASS.integer, CLASS.float, CLASS.enumeration, CLASS.bitfield].includes(
    number?.type ?? -1,
  )
  return number && hasOrder && !number.littleEndian && number.size > 1 ? { swap: number.size } : {}
}

function arrayField({ array_type: item, size }: Metadata): Hdf5Type {
  if (!item) return unknown('array')
  const type = hdf5Type(item)
  if (type.pieces || type.spec.kind === 'vlen-text') return unknown('array of records or strings')
  return {
    spec: { kind: 'subarray', item: type.spec, shape: [...(item.shape ?? [])] },
    size,
    pieces: undefined,
  }
}

function unknown(what: string): never {
  throw new UnsupportedError('data type', what, 'it has no counterpart among the data types of Zarr')
}

/** Stored items as canonical ones. */
export function canonicalItems(bytes: Uint8Array, { spec, size, pieces }: Hdf5Type): Uint8Array {
  if (!pieces) return bytes
  const length = fixedItemSize(spec)
  const count = size === 0 ? 0 : bytes.length / size
  const out = new Uint8Array(count * length)
  for (let i = 0; i < count; i++)
    for (const piece of pieces) {
      const from = i * size + piece.from
      const target = out.subarray(i * length + piece.to, i * length + piece.to + piece.size)
      target.set(bytes.subarray(from, from + piece.size))
      const { swap } = piece
      if (swap) for (let at = 0; at < piece.size; at += swap) target.subarray(at, at + swap).reverse()
    }
  return out
}
