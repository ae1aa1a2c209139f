import { jsonArray } from '../json/access'
import { stringifyJson } from '../json/stringify'
import type { JsonObject, JsonValue } from '../json/value'
import type { ZarrFormat } from '../model/node'
import type { Script } from './operation'
import { pythonOfJson, pythonString } from './python-text'

/** An array that is stored again with another layout. */
export interface StoredAgain {
  storePath: string
  storeKind: 'directory' | 'zip' | 'other'
  /** Of the array inside its store. */
  path: string
  zarrFormat: ZarrFormat
  /** What the new array's metadata document says: "zarr.json" or ".zarray". */
  document: JsonObject
}

/** Codecs that zarr-python 3 has for format 3; those of numcodecs by their ids. */
const CODECS = new Set(
  'blosc bytes cast_value crc32c gzip scale_offset sharding_indexed transpose vlen-bytes vlen-utf8 zstd'.split(
    ' ',
  ),
)
const NUMCODECS = new Set(
  'adler32 astype bitround blosc bz2 crc32 crc32c delta fixedscaleoffset fletcher32 gzip jenkins_lookup3 lz4 lzma packbits quantize shuffle zlib zstd'.split(
    ' ',
  ),
)
/** Codecs that only format 2 has in numcodecs. */
const OBJECT_CODECS = new Set('base64 categorize json2 msgpack2 vlen-array vlen-bytes vlen-utf8'.split(' '))

/**
 * A program for zarr-python 3 that makes the new array beside the old one, as NAME_tuned, and copies the values a chunk
 * or shard at a time; or why zarr-python cannot.
 */
export function arrayPython(again: StoredAgain): Script {
  const { zarrFormat, storeKind, document } = again
  if (zarrFormat === 1) return { whyNot: 'zarr-python 3 neither reads nor writes format 1.' }
  if (storeKind === 'other')
    return { whyNot: 'The store is not on a disk that Python could open by its path.' }
  const layout = zarrFormat === 2 ? layoutOfV2(document) : layoutOfV3(document)
  if (typeof layout === 'string') return { whyNot: `zarr-python 3 has no codec "${layout}".` }
  const lines = [
    ...(zarrFormat === 2
      ? ['import itertools', 'import numcodecs', 'import zarr']
      : ['import itertools', 'import zarr']),
    '',
    ...(storeKind === 'zip'
      ? [`store = zarr.storage.ZipStore(${pythonString(again.storePath)}, mode="r")`]
      : []),
    `source = zarr.open_array(${sourceWords(again)}, mode="r", zarr_format=${zarrFormat})`,
    'target = zarr.create_array(',
    ...[...targetWords(again), 'shape=source.shape', 'dtype=source.metadata.dtype', ...layout, ...REST].map(
      (word) => `    ${word},`,
    ),
    `    zarr_format=${zarrFormat},`,
    ')',
    'step = target.shards or target.chunks',
    'for start in itertools.product(*(range(0, n, s) for n, s in zip(source.shape, step))):',
    '    box = tuple(slice(a, a + s) for a, s in zip(start, step))',
    '    target[box] = source[box]',
  ]
  return { text: `${lines.join('\n')}\n` }
}

const REST = ['fill_value=source.fill_value', 'attributes=source.attrs.asdict()']

function sourceWords({ storeKind, storePath, path }: StoredAgain): string {
  const store = storeKind === 'zip' ? 'store' : pythonString(storePath)
  return path === '' ? store : `${store}, path=${pythonString(path)}`
}

/** A zip file is read while the new array is written: that goes to a folder beside it. */
function targetWords({ storeKind, storePath, path }: StoredAgain): string[] {
  const beside = `${storePath.replace(/[\\/]+$/, '').replace(/\.(zarr\.zip|zarr|zip|ozx)$/i, '')}_tuned.zarr`
  if (path === '') return [pythonString(beside)]
  return [pythonString(storeKind === 'zip' ? beside : storePath), `name=${pythonString(`${path}_tuned`)}`]
}

/** Arguments, or the codec that Python lacks. */
type Layout = string[] | string

function layoutOfV2(document: JsonObject): Layout {
  const compressor = document.get('compressor') ?? null
  const filters = jsonArray(document.get('filters')) ?? []
  const unknown = [...filters, compressor].map(idOf).find((id) => id !== null && !isNumcodec(id))
  if (typeof unknown === 'string') return unknown
  const made = (codec: JsonValue): string => `numcodecs.get_codec(${python(codec)})`
  const separator = document.get('dimension_separator')
  return [
    `chunks=${tuple(document.get('chunks'))}`,
    `filters=${filters.length === 0 ? 'None' : `[${filters.map(made).join(', ')}]`}`,
    `compressors=${compressor === null ? 'None' : made(compressor)}`,
    `order=${python(document.get('order') ?? 'C')}`,
    `chunk_key_encoding={"name": "v2", "separator": ${python(typeof separator === 'string' ? separator : '.')}}`,
  ]
}

const isNumcodec = (id: string): boolean => NUMCODECS.has(id) || OBJECT_CODECS.has(id)

const idOf = (codec: JsonValue): string | null => {
  const id = codec instanceof Map ? codec.get('id') : null
  return typeof id === 'string' ? id : null
}

function layoutOfV3(document: JsonObject): Layout {
  const grid = configurationOf(document.get('chunk_grid'))
  const [first] = jsonArray(document.get('codecs')) ?? []
  const sharding = nameOf(first) === 'sharding_indexed' ? configurationOf(first) : undefined
  const codecs = jsonArray((sharding ?? document).get('codecs')) ?? []
  const unknown = codecs.map(nameOf).find((name) => !isCodec(name))
  if (unknown !== undefined) return unknown
  const at = codecs.findIndex((codec) => isSerializer(nameOf(codec)))
  const serializer = codecs[at]
  const shards = sharding ? [`shards=${tuple(grid?.get('chunk_shape'))}`] : []
  const isPlain = nameOf(serializer) !== 'bytes' || configurationOf(serializer)?.get('endian') !== 'big'
  const names = document.get('dimension_names')
  return [
    `chunks=${tuple((sharding ?? grid)?.get('chunk_shape'))}`,
    ...shards,
    `filters=${list(codecs.slice(0, at))}`,
    ...(serializer === undefined || isPlain ? [] : [`serializer=${python(serializer)}`]),
    `compressors=${list(codecs.slice(at + 1))}`,
    `chunk_key_encoding=${python(document.get('chunk_key_encoding') ?? null)}`,
    ...(names === undefined ? [] : [`dimension_names=${python(names)}`]),
  ]
}

const isSerializer = (name: string): boolean => ['bytes', 'vlen-utf8', 'vlen-bytes'].includes(name)

const isCodec = (name: string): boolean =>
  name.startsWith('numcodecs.') ? NUMCODECS.has(name.slice('numcodecs.'.length)) : CODECS.has(name)

const nameOf = (codec: JsonValue | undefined): string => {
  const name = codec instanceof Map ? codec.get('name') : codec
  return typeof name === 'string' ? name : ''
}

const configurationOf = (codec: JsonValue | undefined): JsonObject | undefined => {
  const configuration = codec instanceof Map ? codec.get('configuration') : undefined
  return configuration instanceof Map ? configuration : undefined
}

const python = (value: JsonValue): string => pythonOfJson(stringifyJson(value))

const list = (codecs: readonly JsonValue[]): string =>
  codecs.length === 0 ? 'None' : `[${codecs.map(python).join(', ')}]`

function tuple(lengths: JsonValue | undefined): string {
  const words = (jsonArray(lengths) ?? []).map(python)
  return `(${words.join(', ')}${words.length === 1 ? ',' : ''})`
}
