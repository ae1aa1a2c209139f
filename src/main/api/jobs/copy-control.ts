import type { CopyControl } from '@engine/nodes/copying/copy-control'
import type { JobControl } from './prepared-job'

/** The control of a copy for a job. */
export const copyControl = ({ signal, gate, report }: JobControl): CopyControl => ({
  signal,
  gate,
  onProgress: ({ phase, done, total }) => report({ phase, done, total }),
})
