import type { FileBatch, ScanEnd } from '../files/scan-directory'
import type { FileFacts } from '../files/stat-names'
import type { ChunkBatch } from '../stores/chunk-naming'
import type { DocumentsJob, FolderDocuments } from './documents-operation'
import type {
  DecodeJob,
  DecodedValue,
  EncodeJob,
  InspectJob,
  Inspected,
  Measured,
  MeasureJob,
  ReadJob,
  ScanChunksJob,
  ScanJob,
  StatJob,
  TaskResult,
  VlenReadJob,
  VlenResult,
  VlenWriteJob,
  WriteJob,
  WriteResult,
} from './operations'
import type { Reduced, ReduceJob } from './reduce-operation'

/** `visible` work (what a person waits for) always goes before `background` work. */
export type Lane = 'visible' | 'background'

export interface RunOptions {
  lane?: Lane
  signal?: AbortSignal
  /** Threads that may work on this call at the same time; all of them when absent. */
  maxWorkers?: number
}

/**
 * Runs decode, encode, copies and listings. `worker-pool` runs them on threads, `inline` on the calling thread with
 * the same results. Aborting rejects with AbortedError and stops tasks that have not begun.
 */
export interface CodecExecutor {
  readonly workers: number
  setWorkers(count: number): Promise<void>
  /** Reads, decodes and scatters every task into the target. */
  read(job: ReadJob, options?: RunOptions): Promise<TaskResult[]>
  /** The same for variable-length data types; results come back per task. */
  readVlen(job: VlenReadJob, options?: RunOptions): Promise<VlenResult[]>
  decode(job: DecodeJob, options?: RunOptions): Promise<DecodedValue>
  /** Puts fixed-size items into chunks and writes these. One bad chunk never fails the others. */
  write(job: WriteJob, options?: RunOptions): Promise<WriteResult[]>
  writeVlen(job: VlenWriteJob, options?: RunOptions): Promise<WriteResult[]>
  /** Decodes chunks and tells about what they hold. */
  inspect(job: InspectJob, options?: RunOptions): Promise<Inspected[]>
  encode(job: EncodeJob, options?: RunOptions): Promise<Uint8Array>
  /** Takes the time of encoding and decoding a chunk on one thread. In the background by default. */
  measure(job: MeasureJob, options?: RunOptions): Promise<Measured>
  /** Adds numbers up on one thread; see ReduceJob. */
  reduce(job: ReduceJob, options?: RunOptions): Promise<Reduced>
  /** Sizes and times in the order of the names. In the background by default. */
  stat(job: StatJob, options?: RunOptions): Promise<FileFacts>
  /** The documents in each folder, in order. */
  documents(job: DocumentsJob, options?: RunOptions): Promise<FolderDocuments[]>
  /** Hands over what it finds as it goes; resolves with the folders that were read. In the background by default. */
  scan(job: ScanJob, onBatch: (batch: FileBatch) => void, options?: RunOptions): Promise<ScanEnd>
  /** The same for the folder of one array: chunks come as coordinates. */
  scanChunks(job: ScanChunksJob, onBatch: (batch: ChunkBatch) => void, options?: RunOptions): Promise<ScanEnd>
  close(): Promise<void>
}
