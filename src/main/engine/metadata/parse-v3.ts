import { MetadataError, UnsupportedError } from '@shared/errors'
import { parseFill } from '@shared/dtype/fill'
import { hasByteOrder } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { parseV3DataType } from '@shared/dtype/v3-dtype'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import { parseCodecSpecs } from '../codecs/codec-spec'
import type { CodecSpec } from '../codecs/pipeline-spec'
import type { ArrayMetadata, ByteOrder, GroupMetadata, KeyEncodingSpec } from './array-metadata'
import { attributesMember } from './attributes'
import { readChunkGrid } from './chunk-grid'
import { codecInfo, codecStage } from './codec-stages'
import { consolidatedV3 } from './consolidated'
import {
  checkFormat,
  lengths,
  MAX_CONSOLIDATED,
  readDocument,
  required,
  shown,
  withKey,
  type MetadataDocument,
} from './document'
import { mayIgnore, parseExtension } from './extension'
import { finish } from './finish'
import type { ParseOptions } from './parse-options'
import { Problems } from './problem'

/** A format 3 node from its `zarr.json`. Throws MetadataError. */
export function parseV3(
  prefix: string,
  content: Uint8Array | string,
  options: ParseOptions,
): ArrayMetadata | GroupMetadata {
  const document = readDocument(`${prefix}zarr.json`, content, MAX_CONSOLIDATED)
  checkFormat(document, 3)
  const kind = required(document, 'node_type')
  if (kind === 'array') return withKey(document.key, () => parseArray(document, options))
  if (kind === 'group') return withKey(document.key, () => parseGroup(document))
  throw new MetadataError(document.key, 'node_type', `it is ${shown(kind)}; it must be "array" or "group".`)
}

const GROUP_FIELDS = ['zarr_format', 'node_type', 'attributes', 'consolidated_metadata']

function parseGroup(document: MetadataDocument): GroupMetadata {
  const problems = new Problems(document.key)
  refuseUnknown(document, GROUP_FIELDS, problems)
  const consolidated = consolidatedV3(document)
  return {
    kind: 'group',
    zarrFormat: 3,
    ...attributesMember(document),
    source: [{ key: document.key, text: document.text, zarrFormat: 3 }],
    ...(consolidated ? { consolidated } : {}),
    ...(problems.first ? { problem: problems.first } : {}),
  }
}

const ARRAY_FIELDS = [
  ...[
    'zarr_format',
    'node_type',
    'shape',
    'data_type',
    'chunk_grid',
    'chunk_key_encoding',
    'fill_value',
    'codecs',
  ],
  ...['attributes', 'storage_transformers', 'dimension_names'],
]

function parseArray(document: MetadataDocument, options: ParseOptions): ArrayMetadata {
  const problems = new Problems(document.key)
  const shape = lengths(document, 'shape', required(document, 'shape'), 0)
  const stored = required(document, 'data_type')
  const grid = readChunkGrid(document, shape, problems)
  const encoding = required(document, 'chunk_key_encoding')
  const fillJson = required(document, 'fill_value')
  const codecsJson = required(document, 'codecs')
  const dimensionNames = readDimensionNames(document, shape.length)

  const dtype = problems.attempt(null, () => parseV3DataType(stored))
  const fill = dtype === null ? null : problems.attempt(null, () => parseFill(dtype, fillJson, 3))
  const isKnown = options.isKnownCodec ?? ((name: string) => codecStage(name) !== 'unknown')
  const codecs = problems.attempt<CodecSpec[]>([], () => parseCodecSpecs(codecsJson, 'codecs', isKnown))
  const keyEncoding = problems.attempt<KeyEncodingSpec>({ name: 'default', separator: '/' }, () =>
    readKeyEncoding(encoding),
  )
  problems.attempt(undefined, () => refuseTransformers(document.fields.get('storage_transformers')))
  refuseUnknown(document, ARRAY_FIELDS, problems)
  return finish(
    {
      kind: 'array',
      zarrFormat: 3,
      shape,
      grid,
      keyEncoding,
      dtype,
      dtypeName: typeName(stored),
      byteOrder: byteOrder(dtype, Array.isArray(codecsJson) ? codecsJson : []),
      order: storageOrder(codecs),
      fill,
      fillJson,
      codecs,
      codecInfo: Array.isArray(codecsJson) ? codecsJson.map((json) => codecInfo(json, 'name')) : [],
      dimensionNames,
      ...attributesMember(document),
      source: [{ key: document.key, text: document.text, zarrFormat: 3 }],
    },
    problems,
    options,
  )
}

/** A bare name where the type has no parameters, else its JSON. */
function typeName(stored: JsonValue): string {
  if (typeof stored === 'string') return stored
  const name = stored instanceof Map ? stored.get('name') : undefined
  const configuration = stored instanceof Map ? stored.get('configuration') : undefined
  const plain = configuration === undefined || (configuration instanceof Map && configuration.size === 0)
  return typeof name === 'string' && plain ? name : stringifyJson(stored)
}

/** What the innermost `bytes` codec says. */
function byteOrder(dtype: DataTypeSpec | null, codecs: readonly JsonValue[]): ByteOrder {
  if (dtype === null || !hasByteOrder(dtype)) return 'not applicable'
  for (const codec of codecs) {
    const name = codec instanceof Map ? codec.get('name') : codec
    const stated = codec instanceof Map ? codec.get('configuration') : undefined
    const configuration = stated instanceof Map ? stated : new Map<string, JsonValue>()
    if (name === 'bytes') return configuration.get('endian') === 'big' ? 'big' : 'little'
    const inner = name === 'sharding_indexed' ? configuration.get('codecs') : undefined
    if (Array.isArray(inner)) return byteOrder(dtype, inner)
  }
  return 'not applicable'
}

/** Column-major is a transpose that reverses every axis. */
function storageOrder(codecs: readonly CodecSpec[]): 'C' | 'F' {
  const order = codecs.find(({ name }) => name === 'transpose')?.configuration.get('order')
  const reversed =
    Array.isArray(order) && order.length > 1 && order.every((axis, k) => axis === order.length - 1 - k)
  return reversed ? 'F' : 'C'
}

function readKeyEncoding(json: JsonValue): KeyEncodingSpec {
  const { name, configuration } = parseExtension(json, 'chunk_key_encoding')
  if (name !== 'default' && name !== 'v2') throw new UnsupportedError('chunk key encoding', name)
  // A separator that is null is none of the two, not one that is absent.
  const stated = configuration.get('separator')
  const separator = stated === undefined ? (name === 'default' ? '/' : '.') : stated
  if (separator !== '/' && separator !== '.') {
    throw new MetadataError(
      '',
      'chunk_key_encoding.configuration.separator',
      `it is ${shown(separator)}; it must be "/" or ".".`,
    )
  }
  return { name, separator }
}

function readDimensionNames(document: MetadataDocument, rank: number): (string | null)[] | null {
  const names = document.fields.get('dimension_names') ?? null
  if (names === null) return null
  const fail = (why: string): never => {
    throw new MetadataError(document.key, 'dimension_names', why)
  }
  if (!Array.isArray(names)) return fail(`it must be a list, not ${shown(names)}.`)
  if (names.length !== rank) fail(`it has ${names.length} entries for an array of ${rank} dimensions.`)
  return names.map((name) =>
    name === null || typeof name === 'string'
      ? name
      : fail(`it holds ${shown(name)}; names are texts or null.`),
  )
}

/** There are no storage transformers that could be understood. */
function refuseTransformers(json: JsonValue | undefined): void {
  if (json === undefined || json === null) return
  if (!Array.isArray(json))
    throw new MetadataError('', 'storage_transformers', `it must be a list, not ${shown(json)}.`)
  const [first] = json
  if (first !== undefined)
    throw new UnsupportedError('storage transformer', parseExtension(first, 'storage_transformers[0]').name)
}

/** Fields that are not known must be objects that allow to be passed over. */
function refuseUnknown(document: MetadataDocument, known: readonly string[], problems: Problems): void {
  for (const [name, value] of document.fields) {
    if (!known.includes(name) && !mayIgnore(value)) {
      problems.unsupported('extension', name, 'the document says nothing that would allow to ignore it')
    }
  }
}
