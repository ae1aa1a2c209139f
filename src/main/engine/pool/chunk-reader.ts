import { ConflictError, LimitError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { ChunkProjection } from '../chunks/projection'
import { itemSpan } from '../chunks/item-span'
import { scatter, type ChunkItems, type OutputItems } from '../chunks/scatter'
import { isPlainBox, stretchProjections } from '../chunks/stretch-projection'
import type { CodecPipeline, ItemStretch } from '../codecs/codec-pipeline'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import { codecModule } from '../codecs/wasm/codec-module'
import { checkLength } from '../files/byte-range'
import { openLocated, type LocatedSource } from '../stores/read-located'
import type { Located } from '../stores/store'
import { decodedBytes, MAX_CHUNK_BYTES } from './limits'
import type { ReadTask } from './operations'
import { readingAhead } from './reading-ahead'
import type { ShardIndexes } from './shard-indexes'
import { innerValue, type StoredValue } from './stored-value'

/** What is read of a file at a time where most of it is wanted: a part of a processor's own cache. */
const READ_AHEAD = 2 ** 18
/** The same where a part is wanted: the table of a Blosc frame and a small block come with one look at the file. */
const READ_AHEAD_IN_PART = 2 ** 14

/** Chunks up to this size are always decoded whole: reading a part would not be faster. */
const SMALL_CHUNK = 65_536

export interface Decoded {
  chunk: ChunkItems & { offsets?: Uint32Array }
  storedBytes: number
  stamp: string | undefined
}

/** A stored chunk before it is decoded. */
interface Found {
  stored: StoredValue
  pipeline: CodecPipeline
  /** Whether parts of it can be trusted: no checksum is of the whole. */
  inParts: boolean
}

/** Values on this thread that nothing identifies; what is kept of one must never be taken for another. */
let unnamed = 0

/** Reads and decodes the chunks of one job on the thread it is used on. One task at a time; call `close` at the end. */
export class ChunkReader {
  private readonly pipeline: CodecPipeline
  private readonly indexes: ShardIndexes
  private readonly maxBytes: number
  /** The value opened last: neighbouring tasks often read inner chunks of one shard. */
  private open: { source: Located; name: string; value: LocatedSource } | undefined

  constructor(pipeline: CodecPipeline, indexes: ShardIndexes, maxBytes = MAX_CHUNK_BYTES) {
    this.pipeline = pipeline
    this.indexes = indexes
    this.maxBytes = Math.min(maxBytes, MAX_CHUNK_BYTES)
  }

  /**
   * Puts the items that the task names at their places in `output`; undefined, with nothing written, where nothing is
   * stored. What was written before a failure stays.
   */
  copy(task: ReadTask, output: OutputItems): Omit<Decoded, 'chunk'> | undefined {
    const found = this.find(task)
    if (!found) return undefined
    const { stored, pipeline, inParts } = found
    const { projection } = task
    if (!inParts || !this.copyStretches(found, projection, output)) {
      const part = inParts ? this.decodePart(pipeline, stored, projection) : undefined
      scatter(part ?? this.decodeWhole(pipeline, stored, task.key), projection, output)
    }
    return { storedBytes: stored.size, stamp: stored.stamp }
  }

  /**
   * The same where no more than plain bytes, Blosc blocks of at most `maxBlock` bytes or a small chunk must be read and
   * decoded, and "slow", with nothing written, where it is more.
   */
  copyQuickly(
    task: ReadTask,
    output: OutputItems,
    maxBlock: number,
  ): Omit<Decoded, 'chunk'> | 'slow' | undefined {
    const found = this.find(task)
    if (!found) return undefined
    const { stored, pipeline, inParts } = found
    if (!inParts || !this.copyStretches(found, task.projection, output, maxBlock)) {
      if (decodedBytes(pipeline.spec) > SMALL_CHUNK || stored.size > maxBlock) return 'slow'
      scatter(this.decodeWhole(pipeline, stored, task.key), task.projection, output)
    }
    return { storedBytes: stored.size, stamp: stored.stamp }
  }

  /** The whole chunk; undefined where nothing is stored. It lies in memory that the next read reuses. */
  read(task: Pick<ReadTask, 'key' | 'source' | 'inner' | 'stamp'>): Decoded | undefined {
    const found = this.find(task)
    if (!found) return undefined
    const { stored, pipeline } = found
    const chunk = this.decodeWhole(pipeline, stored, task.key)
    return { chunk, storedBytes: stored.size, stamp: stored.stamp }
  }

  /** The bytes of the chunk as they are stored, in memory of their own, and how they are encoded; undefined as `read`. */
  stored(
    task: Pick<ReadTask, 'key' | 'source' | 'inner' | 'stamp'>,
  ): { bytes: Uint8Array; spec: PipelineSpec } | undefined {
    const found = this.find(task)
    if (!found) return undefined
    const { stored, pipeline } = found
    checkLength(task.key, stored.size)
    const bytes = new Uint8Array(stored.size)
    stored.readInto(bytes, 0)
    return { bytes, spec: pipeline.spec }
  }

  private find(task: Pick<ReadTask, 'key' | 'source' | 'inner' | 'stamp'>): Found | undefined {
    let stored: StoredValue | undefined = this.openValue(task)
    if (!stored) return undefined
    if (task.stamp !== undefined && stored.stamp !== task.stamp) throw new ConflictError(task.key)
    let pipeline = this.pipeline
    let identity = this.open!.name
    for (const number of task.inner ?? []) {
      const sharding = pipeline.sharding!
      const index = this.indexes.get(identity, sharding, stored)
      const offset = index.offsets[number]!
      if (offset < 0) return undefined
      stored = innerValue(stored, offset, index.lengths[number]!)
      pipeline = sharding.inner
      identity += `/${number}`
    }
    // The checksum of a zip entry is of the whole entry: a part is only taken of a shard, which has its own.
    return { stored, pipeline, inParts: task.source.kind !== 'range' || task.inner !== undefined }
  }

  /** Decodes and copies a stretch at a time, where the codecs and the projection allow it. */
  private copyStretches(
    { pipeline, stored }: Found,
    projection: ChunkProjection,
    output: OutputItems,
    maxBlock = Infinity,
  ): boolean {
    const { itemStrides, spec, items } = pipeline
    const itemsize = itemSize(spec.dtype)
    if (!pipeline.decodeStretches || !itemStrides || !itemsize || items * itemsize <= SMALL_CHUNK)
      return false
    if (!isPlainBox(projection)) return false
    const layout = { shape: spec.shape, strides: itemStrides }
    const span = itemSpan(projection, layout)
    const source = readingAhead(stored, span.items * 2 > items ? READ_AHEAD : READ_AHEAD_IN_PART)
    const take = ({ firstItem, data, bigEndian }: ItemStretch): void => {
      const stretch = { dtype: spec.dtype, ...layout, firstItem, data, bigEndian }
      const end = firstItem + data.length / itemsize
      for (const part of stretchProjections(projection, layout, firstItem, end))
        scatter(stretch, part, output)
    }
    return pipeline.decodeStretches(source, span.first, span.items, take, maxBlock)
  }

  close(): void {
    this.open?.value.close()
    this.open = undefined
  }

  private openValue({ source }: Pick<ReadTask, 'source'>): LocatedSource | undefined {
    if (this.open && isSame(this.open.source, source)) return this.open.value
    this.close()
    const value = openLocated(source)
    if (!value) return undefined
    const name = identityOf(source, value.stamp) ?? `unnamed ${++unnamed}`
    this.open = { source, value, name }
    return value
  }

  /** The stretch of items that holds all wanted ones, where it is a small part of the chunk and can be had alone. */
  private decodePart(
    pipeline: CodecPipeline,
    stored: StoredValue,
    wanted: ChunkProjection | undefined,
  ): ChunkItems | undefined {
    const { itemStrides, spec, items } = pipeline
    const itemsize = itemSize(spec.dtype)
    if (!wanted || !pipeline.decodeItems || !itemStrides || !itemsize || items * itemsize <= SMALL_CHUNK)
      return undefined
    const span = itemSpan(wanted, { shape: spec.shape, strides: itemStrides })
    if (span.items * 2 > items) return undefined
    const part = pipeline.decodeItems(stored, span.first, span.items)
    return (
      part && { dtype: spec.dtype, shape: spec.shape, strides: itemStrides, firstItem: span.first, ...part }
    )
  }

  private decodeWhole(pipeline: CodecPipeline, stored: StoredValue, key: string): Decoded['chunk'] {
    const decoded = decodedBytes(pipeline.spec)
    if (decoded > this.maxBytes) {
      throw new LimitError(`The size of the chunk ${key} once decoded, in bytes,`, decoded, this.maxBytes)
    }
    checkLength(key, stored.size)
    // A shard is decoded piece by piece, and each piece would overwrite the rest of it in the codecs' own memory.
    const bytes = pipeline.sharding ? new Uint8Array(stored.size) : codecModule().region(stored.size)
    stored.readInto(bytes, 0)
    return pipeline.decode(bytes)
  }
}

/** Names a value and its contents, so that what was read of it may be kept; undefined where nothing tells them apart. */
function identityOf(source: Located, stamp: string | undefined): string | undefined {
  if (source.kind === 'file') return `${source.path} ${stamp}`
  if (source.kind !== 'range' || source.crc32 === undefined) return undefined
  return `${source.path} ${source.offset} ${source.size} ${source.crc32}`
}

function isSame(a: Located, b: Located): boolean {
  if (a.kind === 'file') return b.kind === 'file' && a.path === b.path
  return a.kind === 'range' && b.kind === 'range' && a.path === b.path && a.offset === b.offset
}
