import type { CommandId } from '../rpc/commands'
import type { FileRef } from './edits'
import type { NodeSummary } from './node'

/**
 * What the host asks a person for: a store to open (`folder`, `zip`), a file to read, or a place to write, where
 * nothing need be yet.
 */
export type PickKind = 'folder' | 'zip' | 'file' | 'saveFile' | 'saveFolder'

/** What a person chose through the host. */
export interface PickedFile extends FileRef {
  exists: boolean
}

export interface HostInfo {
  kind: 'electron' | 'serve'
  version: string
  platform: 'linux' | 'darwin' | 'win32' | 'other'
  node: string
  /** Codec workers that run. */
  workers: number
  /** The whole program was started with --read-only, or nothing can be written yet. */
  readOnly: boolean
  /** Tickets of the stores named at the start, to be opened at once. */
  open: string[]
  /** The host shows its own open dialogs; where false the window offers the folder browser. */
  dialogs: boolean
}

/** An opened store. Ids are handed out by the host and mean nothing elsewhere. */
export interface StoreInfo {
  id: string
  name: string
  /** Where it lies, for people to read. */
  path: string
  kind: 'directory' | 'zip' | 'memory' | 'map' | 'http'
  readOnly: boolean
  root: NodeSummary
  /** Path of the node that the opened path named inside the store ("" for the root). */
  initialPath: string
}

export interface RecentStore {
  ticket: string
  path: string
  name: string
  /** Milliseconds since 1970. */
  lastOpened: number
  /** Bytes on disk where known from the last visit. */
  nbytesStored?: number
  missing: boolean
}

export interface FolderEntry {
  name: string
  /** Pass to `store.open` when `store`, to `host.list` when `folder`. */
  path: string
  kind: 'store' | 'folder' | 'zip' | 'file'
}

export interface FolderListing {
  path: string
  /** The parent inside the allowed roots; null at a root. */
  parent: string | null
  roots: string[]
  entries: FolderEntry[]
  /** More entries than shown. */
  truncated: boolean
}

/** What a host wants of one of its windows: an item of the native menu was chosen, or a store should be opened. */
export type HostEvent = { kind: 'command'; command: CommandId } | { kind: 'open'; ticket: string }
