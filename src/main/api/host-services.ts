import type { FolderListing, HostEvent, HostInfo, RecentStore } from '@shared/model/host'

/** What a host gives to the API. The window knows tickets; only the host knows which paths they stand for. */
export interface HostServices {
  info(): HostInfo
  /** A ticket from the host's own dialog; null when cancelled. Hosts without dialogs reject with UsageError. */
  pick(kind: 'folder' | 'zip'): Promise<{ ticket: string } | null>
  /** Folder browser of hosts without dialogs; others reject with UsageError. */
  list(path?: string): Promise<FolderListing>
  /** The absolute path a ticket stands for. Throws UsageError for tickets never handed out or paths outside the roots. */
  resolveTicket(ticket: string): Promise<string>
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
}
