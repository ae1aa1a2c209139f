import type { FileRef } from './edits'

/** How a copy is to be stored; what is absent stays as it is in the source. Texts as the command line takes them. */
export interface LayoutChange {
  chunks?: (number | null)[] | undefined
  shards?: (number | null)[] | null | undefined
  order?: 'C' | 'F' | undefined
  dtype?: string | undefined
  fillValue?: string | undefined
  /** null for none. */
  compressor?: string | null | undefined
  filters?: string[] | undefined
  separator?: '.' | '/' | undefined
  zarrFormat?: 1 | 2 | 3 | undefined
  dimensionNames?: (string | null)[] | null | undefined
  /** JSON text of an object, in place of the attributes there are. */
  attributes?: string | undefined
}

/** A node of a store that is open in this window. */
export interface NodeRef {
  store: string
  path: string
}

/** Where a copy goes: into an opened store, or into a store (folder or .zip) that the host let the person choose. */
export type CopyTarget = NodeRef | { file: FileRef; path: string }

/**
 * Work that takes long and is written at once, not staged. A cancelled or failed one leaves its source as it was.
 * Nodes with staged edits are refused as sources of a rewrite: save first.
 */
export type JobSpec =
  /** An array, a group or a whole store. */
  | {
      kind: 'copy'
      source: NodeRef
      target: CopyTarget
      layout: LayoutChange
      overwrite: boolean
      verify: boolean
      resume: boolean
      /** Cast values that do not fit, as NumPy would. */
      unsafe: boolean
    }
  /** The same in place: written beside, verified, swapped. A group: each array below it that the policy names and that can be stored so. */
  | { kind: 'rewrite'; source: NodeRef; layout: LayoutChange; only?: { minBytes: number } | undefined }
  | { kind: 'append'; target: NodeRef; axis: number; source: FileRef | NodeRef }
  /** HDF5, NetCDF-4, .npy or .csv; `inside` is a path in an HDF5 file. */
  | { kind: 'import'; source: FileRef; inside?: string | undefined; target: NodeRef; layout: LayoutChange }
  | {
      kind: 'export'
      source: NodeRef
      /** A selection in NumPy syntax; absent for everything. */
      selection?: string | undefined
      format: 'npy' | 'csv' | 'zip' | 'raw'
      target: FileRef
      overwrite: boolean
    }
  | { kind: 'migrate'; source: NodeRef; to: 3 }
  /** For what is too large to be staged: cannot be undone. */
  | { kind: 'resize'; source: NodeRef; shape: number[] }
  | { kind: 'delete'; source: NodeRef }
  | { kind: 'move'; source: NodeRef; to: string }
  | { kind: 'verify'; source: NodeRef; data: boolean }

export interface JobInfo {
  id: number
  spec: JobSpec
  /** One line, such as "Copy /obs/t to /obs/t2". */
  label: string
  state: 'running' | 'paused' | 'done' | 'failed' | 'cancelled'
  /** What it does now, such as "verifying". */
  phase: string
  /** In `unit`; total null where it is not known. */
  done: number
  total: number | null
  unit: 'bytes' | 'chunks' | 'nodes'
  /** Units a second over the last seconds; null before there is a figure. */
  rate: number | null
  secondsLeft: number | null
  startedAt: number
  endedAt: number | null
  /** One sentence: what came out, or what failed and what was left behind. */
  message: string | null
  /** What can be opened now: a node of an opened store, or a ticket for `store.open`. */
  result: NodeRef | { ticket: string; path: string } | null
  /** `rewrite` of a group: what became of each array, at most 1,000, by path. */
  arrays?: { path: string; outcome: 'rewritten' | 'kept' | 'failed'; message: string }[]
  /** `verify`: the problems that were found, at most 1,000. */
  problems?: { node: string; key: string; kind: string; message: string }[]
}
