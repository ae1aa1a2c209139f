/**
 * The typed operations that run on worker threads, or inline where there are none. Everything here is plain data.
 */
import type { ErrorBody } from '@shared/errors'
import type { BlockPart } from '@shared/model/block'
import type { ChunkProjection } from '../chunks/projection'
import type { StepSize } from '../codecs/decode-steps'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import type { Confinement } from '../files/confinement'
import type { NameGrid, NameKind } from '../files/stat-names'
import type { ChunkNaming } from '../stores/chunk-naming'
import type { Located } from '../stores/store'

/** One chunk (or shard, or inner chunk of one) to read, decode and scatter. */
export interface ReadTask {
  key: string
  source: Located
  /** Inner chunk index inside the shard per nesting level; absent for whole chunks. The projection then counts inside it. */
  inner?: number[]
  projection: ChunkProjection
  /** Expected identity from an earlier read, where the caller wants stale reads refused. */
  stamp?: string
}

/** Where a fixed-size result goes: C-order strides over the output, in items; 0 for dropped dimensions. */
export interface ReadTarget {
  /**
   * Shared, so that workers write straight into the caller's buffer. Every place that a task names is written: with
   * what was read, or with the fill value where the chunk is missing or failed.
   */
  buffer: SharedArrayBuffer
  byteOffset: number
  strides: number[]
  /** The buffer was made for this result. */
  isNew?: boolean
  /** The memory of WebAssembly that the buffer is, on the way to threads. */
  memory?: WebAssembly.Memory | undefined
}

export interface ReadJob {
  pipeline: PipelineSpec
  tasks: ReadTask[]
  /** One for all tasks, or one for each. */
  target: ReadTarget | ReadTarget[]
  /** Decoded bytes of one task, for the limit on what is decoded at a time; the pipeline's whole chunk when absent. */
  chunkBytes?: number
  /** A chunk that must be decoded whole and is larger is refused with a LimitError; 1 GiB when absent. */
  maxChunkBytes?: number
}

/** The same for variable-length data types, whose results come back per task. */
export interface VlenReadJob extends Omit<ReadJob, 'target'> {
  /** A thread that has gathered this much refuses the rest with a LimitError about RESULT_BYTES; 1 GiB when absent. */
  maxBytes?: number
}

/** What became of each task, in task order. Errors are per chunk: one bad chunk never fails the others. */
export interface TaskResult {
  state: Exclude<BlockPart['state'], 'edited'>
  /** Where state is "error". */
  error?: ErrorBody
  /** Bytes of the stored chunk, or of the inner chunk in its shard; absent where it is missing. */
  storedBytes?: number
  /** Identity of the file or value that was read, as `Store.stamp` gives it; absent where there is none. */
  stamp?: string
}

/** Variable-length items: every task's items, decoded, in the projection's order (C order over its dims). */
export interface VlenResult extends TaskResult {
  data?: Uint8Array
  offsets?: Uint32Array
}

/** One stored chunk (shard, where sharded) to write. */
export interface WriteTask {
  key: string
  /** What is stored now; read where the task does not cover the chunk. */
  source: Located
  /** Identity that the stored value must still have where it is read. */
  stamp?: string
  projection: ChunkProjection
  /** The projection names every item of the chunk that lies inside the array. */
  isWhole: boolean
  /** The file to replace (refused where its folder lies outside of its root), or `bytes` to hand the encoded chunk back. */
  target: Extract<Located, { kind: 'file' }> | { kind: 'bytes' }
}

/** Where fixed-size items come from: canonical; strides in items per dimension of the array, 0 repeats one item. */
export type WriteInput = ReadTarget

export interface WriteJob {
  /** Of a stored chunk. */
  pipeline: PipelineSpec
  tasks: WriteTask[]
  input: WriteInput
  /** A chunk of nothing but the fill value is removed instead of written. */
  dropFill?: boolean
  /** Files are flushed to the disk before they take the place of the old ones. */
  flush?: boolean
}

/** The same for variable-length data types; send the input on shared memory, where it is large. */
export interface VlenWriteJob extends Omit<WriteJob, 'input'> {
  input: { data: Uint8Array; offsets: Uint32Array; strides: number[] }
}

/** `removed`: nothing need be stored; with a `bytes` target that is left to the caller. */
export interface WriteResult {
  state: 'written' | 'removed' | 'error'
  error?: ErrorBody
  storedBytes?: number
  bytes?: Uint8Array
}

/** Encode one chunk from canonical bytes (C order over the chunk's full shape). */
export interface EncodeJob {
  pipeline: PipelineSpec
  data: Uint8Array
  offsets?: Uint32Array
}

/** Encode and decode one chunk for its time and size; canonical bytes as in EncodeJob, best on shared memory. */
export interface MeasureJob extends EncodeJob {
  /** Milliseconds that repetitions may take; each direction runs at least once. */
  budgetMs: number
}

export interface Measured {
  encodedBytes: number
  /** Of the fastest repetition. */
  encodeMs: number
  decodeMs: number
  /** What came back is what went in, byte for byte. */
  lossless: boolean
  /** Largest absolute difference of a number; absent for types that are no numbers. */
  maxError?: number
}

/** A chunk (or shard, or inner chunk of one) to decode and tell about. */
export interface InspectTask extends Pick<ReadTask, 'key' | 'source' | 'inner'> {
  /** Shape of the part of the chunk that lies inside the array: only its items count. */
  inside: number[]
}

export interface InspectJob {
  /** Of the stored value that `key` names. */
  pipeline: PipelineSpec
  tasks: InspectTask[]
  /** Tell the bytes after each step of encoding as well. */
  steps?: boolean
  /** Decoded bytes of one task, as in ReadJob. */
  chunkBytes?: number
}

/** What a chunk holds; `min` and `max` as doubles (ticks of dates), absent where no item is a number. */
export interface Inspected extends TaskResult {
  /** Every item is the fill value, bit for bit; never where that is undefined. */
  fillOnly?: boolean
  min?: number
  max?: number
  steps?: StepSize[]
}

/** Decode one whole chunk (or shard, or inner chunk of one) to canonical C-order bytes. */
export interface DecodeJob extends Pick<ReadTask, 'key' | 'source' | 'inner'> {
  pipeline: PipelineSpec
}

export interface DecodedValue {
  state: TaskResult['state']
  error?: TaskResult['error']
  storedBytes: number
  data?: Uint8Array
  offsets?: Uint32Array
}

/** Sizes and times by name below the folder `root`: a list, or the computed names of a run of a chunk grid. */
export interface StatJob {
  root: string
  names: string[] | NameGrid
  /** Files when absent. */
  kind?: NameKind
  /** Where links may lead; the folder itself when absent. */
  confinement?: Confinement
}

/** Every file below the folder `root`; `confinement` (the folder itself when absent) is where links may lead. */
export interface ScanJob {
  root: string
  confinement?: Confinement
  /** False leaves sizes and times out, which takes half the time. */
  sizes?: boolean
  /** Folders, relative to `root`, that are left out. */
  exclude?: string[]
}

/** The same for the folder of one array, its chunks told apart on the worker. */
export interface ScanChunksJob extends ScanJob {
  naming: ChunkNaming
}
