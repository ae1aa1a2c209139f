import { UsageError, ZarrscopeError } from '@shared/errors'
import { parseDtypeName } from '@shared/dtype/dtype-name'
import { itemSize } from '@shared/dtype/itemsize'
import { formatBytes } from '@shared/byte-text'
import type { ArrayField, ArrayPreview } from '@shared/model/preview'
import { writeArrayDocuments } from '../../metadata/write-documents'
import { joinKey } from '../../stores/key'
import { parseDocuments } from '../documents'
import { resolveChunks } from './chunk-guess'
import { resolveNewArray, type NewArrayOptions } from './new-array-options'

const LARGE_CHUNK = 256 * 2 ** 20
const SMALL_CHUNK = 64 * 1024
const MANY_FILES = 100_000

/** What an array with these options would be. Writes nothing; what is wrong is in the answer, at its field. */
export function previewArray(path: string, options: NewArrayOptions): ArrayPreview {
  try {
    return preview(path, options)
  } catch (error) {
    if (!(error instanceof ZarrscopeError)) throw error
    return { error: { field: faultyField(options), message: error.message } }
  }
}

function preview(path: string, options: NewArrayOptions): ArrayPreview {
  const { array, format } = resolveNewArray(options)
  if (format === 1 && path !== '')
    throw new UsageError('Format 1 has no groups: its array lies at the root of a store.')
  const texts = writeArrayDocuments(array, format)
  const parsed = parseDocuments('', texts, format)
  if (parsed?.metadata.kind === 'array' && parsed.metadata.problem) throw parsed.metadata.problem
  const { shape, chunks, shards, dtype } = array
  const itemBytes = itemSize(dtype.spec)
  const count = (lengths: readonly number[]): number =>
    lengths.reduce((n, length, k) => n * Math.ceil(shape[k]! / length), 1)
  const chunkBytes = itemBytes === null ? null : chunks.reduce((n, length) => n * length, itemBytes)
  const facts = { nchunks: count(chunks), chunkBytes, files: count(shards ?? chunks) + texts.size }
  return {
    documents: [...texts].map(([name, text]) => ({ key: joinKey(path, name), text })),
    chunks,
    ...facts,
    nbytes: itemBytes === null ? null : shape.reduce((n, length) => n * length, itemBytes),
    warnings: warningsOf(facts, shards !== null, format),
  }
}

function warningsOf(
  { nchunks, chunkBytes, files }: { nchunks: number; chunkBytes: number | null; files: number },
  isSharded: boolean,
  format: number,
): string[] {
  const warnings: string[] = []
  if (chunkBytes !== null && chunkBytes > LARGE_CHUNK)
    warnings.push(
      `A chunk has ${formatBytes(chunkBytes)}: reading a single item decodes all of it. Smaller chunks are handier.`,
    )
  if (chunkBytes !== null && chunkBytes < SMALL_CHUNK && nchunks > 1000)
    warnings.push(`A chunk has only ${formatBytes(chunkBytes)}; about 1 MiB reads and compresses better.`)
  if (files > MANY_FILES && !isSharded)
    warnings.push(
      `It may come to ${files.toLocaleString('en-US')} files. ${format === 3 ? 'Shards put many chunks into one file.' : 'Larger chunks, or shards in format 3, make fewer.'}`,
    )
  return warnings
}

/** Which field it is: the first that cannot be, where everything behind it is plain. */
function faultyField(options: NewArrayOptions): ArrayField {
  const { shape, dtype = 'float64', chunks, shards } = options
  const plain: NewArrayOptions = { shape, dtype: 'u1', compressor: null }
  const checks: [ArrayField, () => void][] = [
    ['dtype', () => parseDtypeName(dtype)],
    ['shape', () => resolveNewArray({ ...plain, chunks: shape.map(() => 1) })],
    ['chunks', () => resolveChunks(chunks, shape, 1)],
    ['shards', () => resolveNewArray({ ...plain, chunks, shards: shards ?? null })],
    ['fillValue', () => written({ ...options, ...NO_CODECS, chunks: undefined, shards: null })],
    ['filters', () => written({ ...options, compressor: null })],
    ['compressor', () => written(options)],
  ]
  for (const [field, check] of checks) {
    try {
      check()
    } catch {
      return field
    }
  }
  return 'zarrFormat'
}

const NO_CODECS = { compressor: null, filters: [], dimensionNames: null, attributes: undefined }

function written(options: NewArrayOptions): void {
  const { array, format } = resolveNewArray(options)
  const parsed = parseDocuments('', writeArrayDocuments(array, format), format)
  if (parsed?.metadata.kind === 'array' && parsed.metadata.problem) throw parsed.metadata.problem
}
