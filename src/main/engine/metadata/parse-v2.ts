import { MetadataError, UnsupportedError } from '@shared/errors'
import { parseNumpyDtype, type NumpyDtype } from '@shared/dtype/numpy-dtype'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { CodecSpec } from '../codecs/pipeline-spec'
import type { ArrayMetadata } from './array-metadata'
import { attributesDocument, xarrayDimensions } from './attributes'
import { codecInfo } from './codec-stages'
import { checkFormat, readDocument, required, shown } from './document'
import { finish } from './finish'
import { bytesCodec, columnMajor, readNumpyArray, readNumpyFill } from './numpy-array'
import type { ParseOptions } from './parse-options'
import { Problems } from './problem'

type Content = Uint8Array | string

/** A format 2 array from its documents `.zarray` and `.zattrs`. Throws MetadataError. */
export function parseV2(
  prefix: string,
  files: { zarray: Content; zattrs?: Content | undefined },
  options: ParseOptions,
): ArrayMetadata {
  const document = readDocument(`${prefix}.zarray`, files.zarray)
  checkFormat(document, 2)
  const problems = new Problems(document.key)
  const numpy = readNumpyArray(document, problems)
  const { shape, chunks, order, dtypeName } = numpy
  const fillJson = required(document, 'fill_value')
  const compressor = required(document, 'compressor')
  const filters = document.fields.get('filters') ?? null
  const stated = document.fields.get('dimension_separator')
  const separator = stated === undefined ? '.' : stated
  if (separator !== '.' && separator !== '/') {
    problems.add(
      new MetadataError('', 'dimension_separator', `it is ${shown(separator)}; it must be "." or "/".`),
    )
  }
  const { document: zattrs, ...attributes } = attributesDocument(`${prefix}.zattrs`, files.zattrs)

  const filterCodecs = problems.attempt<CodecSpec[]>([], () => filterList(filters))
  const { dtype, serializer, rest } = problems.attempt(
    { dtype: numpy.dtype, serializer: undefined, rest: [] },
    () => serialize(numpy.dtype, filterCodecs),
  )
  const compressorCodecs = problems.attempt<CodecSpec[]>([], () =>
    compressor === null ? [] : [codec(compressor, 'compressor')],
  )
  const nested = serializer?.name === 'numcodecs.json2' || serializer?.name === 'numcodecs.msgpack2'
  return finish(
    {
      kind: 'array',
      zarrFormat: 2,
      shape,
      grid: { kind: 'regular', shape: chunks },
      keyEncoding: { name: 'v2', separator: separator === '/' ? '/' : '.' },
      dtype: dtype?.spec ?? null,
      dtypeName,
      byteOrder: dtype?.byteOrder ?? 'not applicable',
      order,
      fill: readNumpyFill(fillJson, dtype, 2, problems),
      fillJson,
      codecs: [
        // Lists of lists follow the array's own axes, whatever the order.
        ...(order === 'F' && !nested ? columnMajor(shape.length) : []),
        ...(serializer ? [serializer] : []),
        ...rest,
        ...compressorCodecs,
      ],
      codecInfo: [
        ...(Array.isArray(filters) ? filters : []),
        ...(compressor === null ? [] : [compressor]),
      ].map((json) => codecInfo(json, 'id')),
      stored: { compressor, filters },
      dimensionNames: xarrayDimensions(attributes.attributes, shape.length),
      ...attributes,
      source: [document, ...(zattrs ? [zattrs] : [])].map(({ key, text }) => ({ key, text, zarrFormat: 2 })),
    },
    problems,
    options,
  )
}

function filterList(json: JsonValue): CodecSpec[] {
  if (json === null) return []
  if (!Array.isArray(json))
    throw new MetadataError('', 'filters', `it must be a list or null, not ${shown(json)}.`)
  return json.map((entry, i) => codec(entry, `filters[${i}]`))
}

/** A format 2 codec in format 3 terms; its configuration is everything but the id. */
function codec(json: JsonValue, field: string): CodecSpec {
  const id = json instanceof Map ? json.get('id') : undefined
  if (!(json instanceof Map) || typeof id !== 'string') {
    throw new MetadataError('', field, `it must be an object with an "id", not ${shown(json)}.`)
  }
  const configuration: JsonObject = new Map([...json].filter(([key]) => key !== 'id'))
  return { name: `numcodecs.${id}`, configuration }
}

interface Serialized {
  dtype: NumpyDtype | undefined
  /** What turns the array into bytes. */
  serializer: CodecSpec | undefined
  /** The filters that follow it. */
  rest: CodecSpec[]
}

/** Arrays of Python objects are written by their first filter, which also says what the objects are; others as they are. */
function serialize(dtype: NumpyDtype | undefined, filters: CodecSpec[]): Serialized {
  if (dtype === undefined) return { dtype, serializer: undefined, rest: filters }
  if (dtype.spec.kind !== 'object') return { dtype, serializer: bytesCodec(dtype), rest: filters }
  const [first, ...rest] = filters
  if (first === undefined) {
    throw new MetadataError(
      '',
      'filters',
      'an array of Python objects needs an object codec as its first filter, and there is none.',
    )
  }
  return { dtype: { ...dtype, spec: objectType(first) }, serializer: objectCodec(first), rest }
}

/** The codecs that format 3 has as well go by their name there. */
const objectCodec = ({ name, configuration }: CodecSpec): CodecSpec => ({
  name: /^numcodecs\.vlen-(utf8|bytes)$/.test(name) ? name.replace('numcodecs.', '') : name,
  configuration,
})

function objectType({ name, configuration }: CodecSpec): DataTypeSpec {
  switch (name) {
    case 'numcodecs.vlen-utf8':
    case 'numcodecs.categorize':
      return { kind: 'vlen-text' }
    case 'numcodecs.vlen-bytes':
      return { kind: 'vlen-bytes' }
    case 'numcodecs.vlen-array':
      // The codec itself reverses items that its dtype says are big-endian.
      return { kind: 'vlen-array', item: parseNumpyDtype(configuration.get('dtype') ?? null).spec }
    case 'numcodecs.json2':
    case 'numcodecs.msgpack2':
      return { kind: 'object' }
    case 'numcodecs.pickle':
      throw new UnsupportedError(
        'filter',
        'pickle',
        'reading pickled objects would run whatever program the file holds',
      )
    default:
      throw new UnsupportedError(
        'filter',
        name.replace(/^numcodecs\./, ''),
        'it is no codec for Python objects',
      )
  }
}
