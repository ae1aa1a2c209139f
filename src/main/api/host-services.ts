import type {
  FolderListing,
  HostEvent,
  HostInfo,
  PickedFile,
  PickKind,
  RecentStore,
} from '@shared/model/host'

export interface PickRequest {
  kind: PickKind
  /** Ends of the names of files that can be chosen. */
  extensions?: string[]
  /** Proposed for something new. */
  name?: string
}

/** What a host gives to the API. The window knows tickets; only the host knows which paths they stand for. */
export interface HostServices {
  info(): HostInfo
  /** A ticket from the host's own dialog; null when cancelled. Hosts without dialogs reject with UsageError. */
  pick(request: PickRequest): Promise<PickedFile | null>
  /** Folder browser of hosts without dialogs; others reject with UsageError. Files are listed by their extension. */
  list(path?: string, extensions?: readonly string[]): Promise<FolderListing>
  /** A place for something new in a folder of that browser; others reject with UsageError. */
  target(folder: string, name: string): Promise<PickedFile>
  /** The absolute path a ticket stands for. Throws UsageError for tickets never handed out or paths outside the roots. */
  resolveTicket(ticket: string): Promise<string>
  /**
   * The absolute path of a file outside the stores, to be read or written. Throws UsageError for tickets never handed
   * out or not for writing, and for paths outside the roots.
   */
  resolveFile(ticket: string, access: 'read' | 'write'): Promise<string>
  recent(): Promise<RecentStore[]>
  forgetRecent(ticket: string): Promise<void>
  /** A store was opened; `path` is what `resolveTicket` answered. */
  noteOpened(path: string): Promise<void>
  /** The window closed a store it had opened. */
  noteClosed(path: string): void
  /** Hands menu commands and stores to open to this window until the signal aborts; fulfils then. */
  events(emit: (event: HostEvent) => void, signal: AbortSignal): Promise<void>
  /** An existing folder in which the sample store may be written. */
  sampleFolder(): Promise<string>
  openExternal(url: string): Promise<void>
  /** Shows a file or folder of an open store in the system's file manager; hosts without a desktop reject with UsageError. */
  reveal(path: string): Promise<void>
}
