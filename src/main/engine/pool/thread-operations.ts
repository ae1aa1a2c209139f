import { scanFiles, type FileBatch, type ScanEnd } from '../files/scan-directory'
import { statNamesSync, type FileFacts } from '../files/stat-names'
import { bindPipeline } from '../codecs/pipeline'
import { documents, type DocumentsJob, type FolderDocuments } from './documents-operation'
import { inspect } from './inspect-operation'
import { measure } from './measure-operation'
import { separateChunks } from '../stores/chunk-naming'
import type { Operation, TaskContext } from './operation'
import type {
  DecodedValue,
  DecodeJob,
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
import { decode, read, readVlen } from './read-operations'
import { reduce, type Reduced, type ReduceJob } from './reduce-operation'
import { write } from './write-operation'
import { writeVlen } from './write-variable-operation'

/** Job and result of a task, per operation. */
export interface OperationTypes {
  read: { job: ReadJob; result: TaskResult }
  readVlen: { job: VlenReadJob; result: VlenResult }
  decode: { job: DecodeJob; result: DecodedValue }
  write: { job: WriteJob; result: WriteResult }
  writeVlen: { job: VlenWriteJob; result: WriteResult }
  inspect: { job: InspectJob; result: Inspected }
  encode: { job: EncodeJob; result: Uint8Array }
  measure: { job: MeasureJob; result: Measured }
  reduce: { job: ReduceJob; result: Reduced }
  stat: { job: StatJob; result: FileFacts }
  documents: { job: DocumentsJob; result: FolderDocuments[] }
  scan: { job: ScanJob; result: ScanEnd }
  scanChunks: { job: ScanChunksJob; result: ScanEnd }
}
export type OperationName = keyof OperationTypes
export type Operations = {
  [Name in OperationName]: Operation<OperationTypes[Name]['job'], OperationTypes[Name]['result']>
}

const encode: Operation<EncodeJob, Uint8Array> = {
  duration: 'any',
  tasks: () => 1,
  bind(job) {
    const pipeline = bindPipeline(job.pipeline)
    return { run: () => pipeline.encode(job.data, job.offsets) }
  },
}

const stat: Operation<StatJob, FileFacts> = {
  duration: 'any',
  tasks: () => 1,
  bind: ({ root, ...query }) => ({ run: () => statNamesSync(root, query) }),
}

/** Names of one batch of a listing. */
const SCAN_BATCH = 4096

/** Emits batches of files. */
const scan: Operation<ScanJob, ScanEnd> = {
  duration: 'long',
  tasks: () => 1,
  bind: (job) => ({ run: (_task, context) => scanTo(job, context, (batch) => batch) }),
}

/** Emits batches of chunks. */
const scanChunks: Operation<ScanChunksJob, ScanEnd> = {
  duration: 'long',
  tasks: () => 1,
  bind: (job) => ({
    run: (_task, context) => scanTo(job, context, (batch) => separateChunks(batch, job.naming)),
  }),
}

function scanTo(job: ScanJob, context: TaskContext, part: (batch: FileBatch) => unknown): ScanEnd {
  const { root, confinement = { root }, sizes = true, exclude = [] } = job
  const batches = scanFiles(root, { confinement, sizes, exclude: new Set(exclude), batch: SCAN_BATCH })
  for (;;) {
    const next = batches.next()
    if (next.done) return next.value
    context.emit(part(next.value))
    if (context.isStopped) return { problems: [], folders: undefined }
  }
}

/** What worker threads, or the calling thread where there are none, can do. */
export const OPERATIONS: Operations = {
  read,
  readVlen,
  decode,
  write,
  writeVlen,
  inspect,
  encode,
  measure,
  reduce,
  stat,
  documents,
  scan,
  scanChunks,
}
