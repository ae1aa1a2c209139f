import { AbortedError } from '@shared/errors'
import type { Selection } from '@shared/selection/selection'
import { coversChunk } from '../chunks/covers-chunk'
import { chunkShape, clippedShape } from '../chunks/grid'
import { project } from '../chunks/project'
import type { ChunkProjection } from '../chunks/projection'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import type { CodecExecutor, Lane } from '../pool/executor'
import type { FileTarget } from '../pool/replace-file'
import type { WriteResult, WriteTask } from '../pool/operations'
import { chunkPlaces, type ChunkPlaces } from './chunk-places'
import { locate } from './chunk-request'
import { sharedBuffers } from './buffer-pool'
import { overlapped } from './overlapped'
import type { ReadFailure, ReadSource } from './read-types'
import { sameShape } from './same-shape'

/** Canonical items to write; strides count items per dimension of the array, 0 repeats an item along it. */
export interface WriteValue {
  data: Uint8Array
  /** Variable-length items: item i is data[offsets[i]..offsets[i+1]]. */
  offsets?: Uint32Array
  /** As `outputLayout(selection).strides` for a value of the selection's own shape. */
  strides: number[]
}

export interface WriteOptions {
  lane?: Lane
  signal?: AbortSignal
  /** Chunks of nothing but the fill value are removed instead of written. */
  dropFill?: boolean
  /**
   * Others may have made the array larger since its shape was read: a chunk at its edge may hold more items than that
   * shape tells, and is merged where it is not covered in full.
   */
  mayHaveGrown?: boolean
  /** Flushes files to the disk. */
  flush?: boolean
  /** The file that a codec thread may replace by itself; undefined, or absent, where `put` is to be used. */
  file?: (key: string) => FileTarget | undefined
  /** Stores an encoded chunk, or removes it. */
  put: (key: string, bytes: Uint8Array | undefined) => Promise<void>
}

/** What was written; chunks that failed are as they were. */
export interface WriteSummary {
  written: number
  removed: number
  storedBytes: number
  failures: ReadFailure[]
}

/** Chunks handed to the executor at a time: their encoded bytes wait here to be put. */
const BATCH = 64
/** Chunks that are put at a time. */
const PUTS = 8
/** One batch is encoded while the one before is put. */
const DEPTH = 2

/**
 * Writes values to a selection of an array, chunk by chunk; chunks that it covers in part are read and merged. Each
 * chunk is replaced as a whole. One bad chunk never fails the others; what throws leaves whole chunks written.
 *
 * Throws UnsupportedError or MetadataError where the codecs cannot be bound, AbortedError, and what `put` throws.
 */
export async function writeSelection(
  source: ReadSource,
  selection: Selection,
  value: WriteValue,
  executor: CodecExecutor,
  options: WriteOptions,
): Promise<WriteSummary> {
  if (options.signal?.aborted) throw new AbortedError()
  const places = chunkPlaces(source)
  const summary: WriteSummary = { written: 0, removed: 0, storedBytes: 0, failures: [] }
  const shared = onSharedMemory(value.data)
  const encode = encoder({ ...value, data: shared.data }, executor, options)
  try {
    await overlapped(
      batches(source, places, selection, options.mayHaveGrown ?? false),
      DEPTH,
      async (batch) => {
        for (const chunks of sameShape(batch)) {
          const tasks = await Promise.all(chunks.map((chunk) => taskOf(source, chunk, options)))
          const results = await encode(chunks[0]!.pipeline, tasks)
          await overlapped(results.entries(), PUTS, ([i, result]) =>
            finish(chunks[i]!, result, options, summary),
          )
        }
      },
    )
  } finally {
    shared.release()
  }
  return summary
}

interface Chunk {
  projection: ChunkProjection
  key: string
  pipeline: PipelineSpec
  isWhole: boolean
}

function* batches(
  source: ReadSource,
  places: ChunkPlaces,
  selection: Selection,
  mayHaveGrown: boolean,
): Generator<Chunk[]> {
  const shapeOf = mayHaveGrown ? chunkShape : clippedShape
  let batch: Chunk[] = []
  for (const projection of project(places.stored, selection)) {
    const { coords } = projection
    const isWhole = coversChunk(projection, shapeOf(places.stored, coords))
    batch.push({ projection, key: source.key(coords), pipeline: places.pipelineAt(coords), isWhole })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function taskOf(
  { store }: ReadSource,
  { projection, key, isWhole }: Chunk,
  { file, signal }: WriteOptions,
): Promise<WriteTask> {
  return {
    key,
    source: isWhole ? { kind: 'missing' } : await locate(store, key, signal),
    projection,
    isWhole,
    target: file?.(key) ?? { kind: 'bytes' },
  }
}

/** Sends tasks to the executor together with the value, whose data lies on shared memory. */
function encoder(
  { data: shared, offsets, strides }: WriteValue & { data: Uint8Array<SharedArrayBuffer> },
  executor: CodecExecutor,
  { lane, signal, dropFill, flush }: WriteOptions,
): (pipeline: PipelineSpec, tasks: WriteTask[]) => Promise<WriteResult[]> {
  const run = { ...(lane && { lane }), ...(signal && { signal }) }
  const rules = { dropFill: dropFill ?? false, flush: flush ?? false }
  return (pipeline, tasks) =>
    offsets
      ? executor.writeVlen({ pipeline, tasks, ...rules, input: { data: shared, offsets, strides } }, run)
      : executor.write(
          {
            pipeline,
            tasks,
            ...rules,
            input: { buffer: shared.buffer, byteOffset: shared.byteOffset, strides },
          },
          run,
        )
}

async function finish(
  { key, projection }: Chunk,
  { state, error, storedBytes = 0, bytes }: WriteResult,
  { file, put }: WriteOptions,
  summary: WriteSummary,
): Promise<void> {
  if (error) {
    summary.failures.push({ key, coords: projection.coords, error })
    return
  }
  if (file?.(key) === undefined) await put(key, bytes)
  if (state === 'removed') summary.removed++
  else summary.written++
  summary.storedBytes += storedBytes
}

/** The bytes as they are, or in shared memory on loan. */
function onSharedMemory(bytes: Uint8Array): { data: Uint8Array<SharedArrayBuffer>; release: () => void } {
  const { buffer, byteOffset, length } = bytes
  if (buffer instanceof SharedArrayBuffer)
    return { data: new Uint8Array(buffer, byteOffset, length), release: () => undefined }
  const lent = sharedBuffers.acquire(length)
  const data = new Uint8Array(lent.buffer, 0, length)
  data.set(bytes)
  return { data, release: lent.release }
}
