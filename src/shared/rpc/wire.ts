import type { Port } from './port'

/** What an adapter has to do for its transport. */
export interface Wire {
  /** Sends a copy. May throw for messages the transport cannot carry. */
  post: (message: unknown) => void
  close: () => void
}

/** A port over a wire, and the two calls by which the wire reports to it. */
export interface WiredPort {
  port: Port
  receive: (message: unknown) => void
  /** The wire is closed, by whom ever; further calls do nothing. */
  closed: () => void
}

/** The rules every port keeps (see Port), once for all transports. */
export function createPort(wire: Wire): WiredPort {
  let open = true
  let onMessage: ((message: unknown) => void) | undefined
  const early: unknown[] = []
  const onClose: (() => void)[] = []

  const closed = (): void => {
    if (!open) return
    open = false
    for (const listener of onClose.splice(0)) listener()
  }
  const port: Port = {
    send: (message) => {
      if (open) wire.post(message)
    },
    onMessage: (listener) => {
      onMessage = listener
      for (const message of early.splice(0)) listener(message)
    },
    onClose: (listener) => {
      if (open) onClose.push(listener)
      else listener()
    },
    close: () => {
      if (!open) return
      wire.close()
      closed()
    },
  }
  const receive = (message: unknown): void => {
    if (!open) return
    if (onMessage) onMessage(message)
    else early.push(message)
  }
  return { port, receive, closed }
}
