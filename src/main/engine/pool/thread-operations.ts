import { scanFiles, type ScanProblem } from '../files/scan-directory'
import { statNamesSync } from '../files/stat-names'
import { bindPipeline } from '../codecs/pipeline'
import { measure } from './measure-operation'
import type { Operation } from './operation'
import type {
  DecodedValue,
  DecodeJob,
  EncodeJob,
  Measured,
  MeasureJob,
  ReadJob,
  ScanJob,
  StatJob,
  TaskResult,
  VlenResult,
  VlenWriteJob,
  WriteJob,
  WriteResult,
} from './operations'
import { decode, read, readVlen } from './read-operations'
import { write } from './write-operation'
import { writeVlen } from './write-variable-operation'

/** Job and result of a task, per operation. */
export interface OperationTypes {
  read: { job: ReadJob; result: TaskResult }
  readVlen: { job: Omit<ReadJob, 'target'>; result: VlenResult }
  decode: { job: DecodeJob; result: DecodedValue }
  write: { job: WriteJob; result: WriteResult }
  writeVlen: { job: VlenWriteJob; result: WriteResult }
  encode: { job: EncodeJob; result: Uint8Array }
  measure: { job: MeasureJob; result: Measured }
  stat: { job: StatJob; result: Float64Array }
  scan: { job: ScanJob; result: ScanProblem[] }
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

const stat: Operation<StatJob, Float64Array> = {
  duration: 'any',
  tasks: () => 1,
  bind: ({ root, names }) => ({ run: () => statNamesSync(root, names) }),
}

/** Emits batches of files. */
const scan: Operation<ScanJob, ScanProblem[]> = {
  duration: 'long',
  tasks: () => 1,
  bind: ({ root, confinement = { root }, sizes = true, exclude = [] }) => ({
    run(_task, context) {
      const batches = scanFiles(root, { confinement, sizes, exclude: new Set(exclude) })
      for (;;) {
        const next = batches.next()
        if (next.done) return next.value
        context.emit(next.value)
        if (context.isStopped) return []
      }
    },
  }),
}

/** What worker threads, or the calling thread where there are none, can do. */
export const OPERATIONS: Operations = { read, readVlen, decode, write, writeVlen, encode, measure, stat, scan }
