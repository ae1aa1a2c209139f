import { UnsupportedError } from '@shared/errors'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { CodecSpec } from '../codecs/pipeline-spec'
import type { ArrayMetadata } from './array-metadata'
import { attributesDocument } from './attributes'
import { codecStage } from './codec-stages'
import { checkFormat, readDocument, required, shown } from './document'
import { bytesCodec, columnMajor, readNumpyArray, readNumpyFill } from './numpy-array'
import type { ParseOptions } from './parse-options'
import { finish } from './finish'
import { Problems } from './problem'

type Content = Uint8Array | string

/** A format 1 array from its documents `meta` and `attrs` (FORMATS: zarr 1.0 and 1.1). Throws MetadataError. */
export function parseV1(
  prefix: string,
  files: { meta: Content; attrs?: Content | undefined },
  options: ParseOptions,
): ArrayMetadata {
  const document = readDocument(`${prefix}meta`, files.meta)
  checkFormat(document, 1)
  const problems = new Problems(document.key)
  const { shape, chunks, order, dtype, dtypeName } = readNumpyArray(document, problems)
  const fillJson = required(document, 'fill_value')
  const compression = required(document, 'compression')
  const compressionOpts = required(document, 'compression_opts')
  const { document: attrs, ...attributes } = attributesDocument(`${prefix}attrs`, files.attrs)

  const compressor = problems.attempt<CodecSpec[]>([], () => compressorCodec(compression, compressionOpts))
  // Only Blosc saw chunks in their memory order: every other compressor of zarr 1 wrote and read them row by row.
  const transposed = order === 'F' && compression === 'blosc'
  const serializer = problems.attempt<CodecSpec[]>([], () => (dtype === undefined ? [] : [bytesCodec(dtype)]))
  return finish(
    {
      kind: 'array',
      zarrFormat: 1,
      shape,
      grid: { kind: 'regular', shape: chunks },
      keyEncoding: { name: 'v2', separator: '.' },
      dtype: dtype?.spec ?? null,
      dtypeName,
      byteOrder: dtype?.byteOrder ?? 'not applicable',
      order,
      fill: readNumpyFill(fillJson, dtype, 1, problems),
      fillJson,
      codecs: [...(transposed ? columnMajor(shape.length) : []), ...serializer, ...compressor],
      codecInfo: compressor.map(({ name }) => ({
        name: name.replace(/^numcodecs\./, ''),
        configuration: stringifyJson(compressionOpts),
        stage: codecStage(name),
      })),
      stored: {
        compressor: compressor[0] === undefined ? null : withId(compression, compressor[0].configuration),
        filters: null,
        compression,
        compressionOpts,
      },
      dimensionNames: null,
      ...attributes,
      source: [document, ...(attrs ? [attrs] : [])].map(({ key, text }) => ({ key, text, zarrFormat: 1 })),
    },
    problems,
    options,
  )
}

const withId = (id: JsonValue, configuration: JsonObject): JsonObject =>
  new Map([['id', id], ...configuration])

/** How format 1 names and configures a compressor, in the terms of the numcodecs library that came after it. */
function compressorCodec(compression: JsonValue, opts: JsonValue): CodecSpec[] {
  const wrong = (name: string): never => {
    throw new UnsupportedError('codec', name, `its options ${shown(opts)} are not those of format 1`)
  }
  switch (compression) {
    case null:
    case 'none':
      return []
    case 'blosc':
    case 'lzma':
      return [
        { name: `numcodecs.${compression}`, configuration: opts instanceof Map ? opts : wrong(compression) },
      ]
    case 'zlib':
    case 'gzip':
    case 'bz2': {
      // Format 1 called zlib streams gzip as well.
      const name = compression === 'bz2' ? 'numcodecs.bz2' : 'numcodecs.zlib'
      if (opts === null) return [{ name, configuration: new Map() }]
      return [
        { name, configuration: typeof opts === 'number' ? new Map([['level', opts]]) : wrong(compression) },
      ]
    }
    default:
      throw new UnsupportedError('codec', typeof compression === 'string' ? compression : shown(compression))
  }
}
