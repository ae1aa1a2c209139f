import type { Fs } from '../files/fs'
import type { CodecExecutor } from '../pool/executor'
import type { OverlayStore } from '../stores/overlay'

export interface StoreEditsOptions {
  /** In front of a store that can be written, or that is an archive. */
  overlay: OverlayStore
  executor: CodecExecutor
  /** Why nothing can be edited, in one sentence; null where editing is possible. */
  frozen: string | null
  /** Folder of the journal; without one the edits end with the process. */
  folder?: string | undefined
  /** What a person should know about an earlier Save. */
  notice?: string | undefined
  fs?: Fs | undefined
  /** Bytes of former values that are kept to undo what was saved; 1 GiB when absent. */
  undoBytes?: number | undefined
}
