/** What the preload puts on the window, and how it hands over the port. The page and the preload both read this. */
export interface PreloadApi {
  kind: 'electron'
  /** Asks the main process for a port; it arrives as a `message` event on the window, see isPortMessage. */
  requestPort: () => void
}

/** Name of the property of the window that holds the PreloadApi. */
export const PRELOAD_KEY = 'zarrscopeHost'

export const PORT_MESSAGE = 'zarrscope:port'

/** Channels between preload and main process; nothing else is listened to on either side. */
export const CHANNELS = {
  /** Page → main: a port, please. Main → page: here it is. */
  port: 'zarrscope:port',
  /** Preload → main: absolute paths of what the person dropped on the window. */
  drop: 'zarrscope:drop',
} as const
