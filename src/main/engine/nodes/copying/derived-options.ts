import { parseDtypeName } from '@shared/dtype/dtype-name'
import { itemSize, sameType } from '@shared/dtype/itemsize'
import { numpyDescr } from '@shared/dtype/numpy-name'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { v3DataType } from '@shared/dtype/v3-dtype'
import { jsonArray } from '@shared/json/access'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ZarrFormat } from '@shared/model/node'
import type { ArrayMetadata } from '../../metadata/array-metadata'
import { codecStage } from '../../metadata/codec-stages'
import type { ZarrArray } from '../array'
import { toV2Codec } from '../creation/codec-v3'
import type { ChunksInput } from '../creation/chunk-guess'
import { fillFromText } from '../creation/fill-text'
import type { NewArrayOptions } from '../creation/new-array-options'
import { castItems, type Casting } from '../writing/cast-items'

/** What a copy may change; everything left out stays as it is in the source. */
export interface LayoutOptions {
  chunks?: ChunksInput | undefined
  /** Null for none. */
  shards?: readonly number[] | null | undefined
  compressor?: string | JsonObject | null | undefined
  filters?: readonly (string | JsonObject)[] | undefined
  order?: 'C' | 'F' | undefined
  dtype?: string | JsonValue | undefined
  /** As people type it; see fillFromText. */
  fillValue?: string | undefined
  zarrFormat?: ZarrFormat | undefined
  separator?: '.' | '/' | undefined
  dimensionNames?: readonly (string | null)[] | null | undefined
  attributes?: JsonObject | undefined
  casting?: Casting | undefined
}

const OBJECT_CODECS = ['vlen-utf8', 'vlen-bytes', 'vlen-array', 'json2', 'msgpack2', 'categorize']

/**
 * The options of an array like another in every respect but those asked for, also where it changes its format: codecs
 * are translated, order, byte order, fill value, dimension names and attributes kept. Throws the source's own problem
 * where its data cannot be read, ValueError where its fill value does not fit a new data type.
 */
export function derivedOptions(source: ZarrArray, asked: LayoutOptions, format: ZarrFormat): NewArrayOptions {
  const { metadata, layout, dtype } = source
  const named = asked.dtype ?? dtypeOf(metadata, dtype)
  const to = asked.dtype === undefined ? dtype : parseDtypeName(named).spec
  const changed = !sameType(dtype, to)
  const inherited = codecsOf(metadata, format, changed)
  return {
    shape: metadata.shape,
    chunks: asked.chunks ?? layout.chunks ?? 'auto',
    shards: shardsOf(source, asked, format),
    dtype: named,
    order: asked.order ?? metadata.order,
    ...fillOf(source, asked, to),
    compressor: asked.compressor === undefined ? inherited.compressor : asked.compressor,
    filters: asked.filters ?? inherited.filters,
    zarrFormat: format,
    separator: asked.separator ?? separatorOf(metadata, format),
    dimensionNames: asked.dimensionNames === undefined ? metadata.dimensionNames : asked.dimensionNames,
    attributes: asked.attributes ?? attributesOf(metadata, format),
  }
}

function dtypeOf({ zarrFormat, dtypeName, byteOrder }: ArrayMetadata, spec: DataTypeSpec): JsonValue {
  if (itemSize(spec) === null) return v3DataType(spec) ?? dtypeName
  if (zarrFormat < 3) return dtypeName
  return (byteOrder === 'big' ? numpyDescr(spec, '>') : undefined) ?? v3DataType(spec) ?? dtypeName
}

function shardsOf(
  { layout }: ZarrArray,
  { shards, chunks }: LayoutOptions,
  format: ZarrFormat,
): readonly number[] | null {
  if (shards !== undefined) return shards
  // Other chunks rarely fit into the old shards, and whoever names them names the shards as well.
  return format === 3 && chunks === undefined ? layout.shards : null
}

/** A fill value that was asked for, else the source's own as the new data type has it. */
function fillOf(
  { metadata: { fill }, dtype }: ZarrArray,
  { fillValue, casting, dtype: name }: LayoutOptions,
  to: DataTypeSpec,
): Pick<NewArrayOptions, 'fill' | 'fillValue'> {
  if (fillValue !== undefined) return fillFromText(fillValue, name ?? v3DataType(to) ?? 'float64')
  return { fill: fill && !sameType(dtype, to) ? castFill(fill, dtype, to, casting) : fill }
}

interface Codecs {
  compressor: JsonObject | null
  filters: JsonObject[]
}

/** A pipeline as a list of filters and, at its end, a compressor: what every format has. */
function codecsOf(metadata: ArrayMetadata, format: ZarrFormat, changed: boolean): Codecs {
  const { stored } = metadata
  const all = stored
    ? [...(jsonArray(stored.filters) ?? []), ...(stored.compressor === null ? [] : [stored.compressor])]
    : chainOf(metadata)
  const codecs = all.filter((codec): codec is JsonObject => codec instanceof Map)
  const isObjectCodec = (codec: JsonObject): boolean => OBJECT_CODECS.some((id) => id === codec.get('id'))
  const kept = codecs.filter((codec) => !(format === 3 && isObjectCodec(codec)))
  const last = kept.at(-1)
  const compressor = last && isByteCodec(last) && (!stored || stored.compressor !== null) ? last : null
  // Filters compute with the old data type; they are left out where it changes, and blosc learns the new item size.
  const filters = changed ? [] : kept.slice(0, compressor ? -1 : undefined)
  return { filters, compressor: compressor && changed ? toV2Codec(compressor) : compressor }
}

/** Codecs of a format 3 array inside its shards, without the serializer, which the data type decides. */
function chainOf({ codecs, order }: ArrayMetadata): JsonObject[] {
  let chain: JsonValue[] = codecs.map(
    ({ name, configuration }) =>
      new Map<string, JsonValue>([
        ['name', name],
        ['configuration', configuration],
      ]),
  )
  for (;;) {
    const [only] = chain
    const inner =
      only instanceof Map && only.get('name') === 'sharding_indexed' ? only.get('configuration') : null
    if (!(inner instanceof Map)) break
    chain = jsonArray(inner.get('codecs')) ?? []
  }
  return chain
    .map((codec): JsonValue => (typeof codec === 'string' ? new Map([['name', codec]]) : codec))
    .filter((codec): codec is JsonObject => codec instanceof Map)
    .filter((codec) => !isSerializer(codec.get('name')))
    .filter((codec) => !(order === 'F' && codec.get('name') === 'transpose'))
}

const isSerializer = (name: JsonValue | undefined): boolean =>
  typeof name === 'string' && codecStage(name) === 'array-bytes'

function isByteCodec(codec: JsonObject): boolean {
  const name = codec.get('name') ?? codec.get('id')
  if (typeof name !== 'string') return false
  return codecStage(codec.has('name') ? name : `numcodecs.${name}`) === 'bytes-bytes'
}

function castFill(
  fill: Uint8Array,
  from: DataTypeSpec,
  to: DataTypeSpec,
  casting: Casting = 'same_kind',
): Uint8Array {
  const offsets = itemSize(from) === null ? { offsets: Uint32Array.of(0, fill.length) } : {}
  return castItems({ data: fill, ...offsets }, from, to, casting).data
}

function separatorOf({ keyEncoding, zarrFormat }: ArrayMetadata, format: ZarrFormat): '.' | '/' | undefined {
  return zarrFormat === format ? keyEncoding.separator : undefined
}

/** Format 3 has dimension names of its own; below it they are an attribute. */
function attributesOf(
  { attributes, zarrFormat, dimensionNames }: ArrayMetadata,
  format: ZarrFormat,
): JsonObject {
  if (format !== 3 || zarrFormat === 3 || dimensionNames === null) return attributes
  return new Map([...attributes].filter(([name]) => name !== '_ARRAY_DIMENSIONS'))
}
