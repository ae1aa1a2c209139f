import type { FileRef } from '@shared/model/edits'
import type { NodeContext } from '../nodes/node-context'
import type { ItemSource } from '../nodes/writing/write-from'
import type { Draft } from './draft'

/** Items of a file that the person chose. */
export interface OpenedItems extends ItemSource {
  close(): Promise<void>
}

/** What planning an edit needs besides the edit. */
export interface PlanContext {
  draft: Draft
  /** Without a cache: what a draft reads is read once. */
  nodes: NodeContext
  /** Opens the file behind a ticket; refuses with UsageError where there is no such file. */
  openItems: (file: FileRef, dtype: ItemSource['dtype']) => Promise<OpenedItems>
  signal: AbortSignal
  onProgress: (done: number, total: number) => void
}

/** What an edit is, in words and figures, besides the keys it changed. */
export interface Planned {
  /** One line. */
  label: string
  region?: string
  cells?: number
  before?: string
  after?: string
}
