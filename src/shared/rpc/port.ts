/**
 * The only thing a transport must provide: whole messages, in order, in both directions.
 *
 * A message is plain data: objects, arrays, strings, numbers (NaN and infinities included), booleans, null, bigint,
 * typed arrays and ArrayBuffers. Properties that are undefined may be dropped. Sending copies: the sender may reuse
 * its buffers at once, and nothing is transferred (Electron's ports cannot, across processes).
 */
export interface Port {
  /** Does nothing once the port is closed. Throws when the message holds what no transport can carry. */
  send: (message: unknown) => void
  /** At most one listener; messages that came before it are kept for it. */
  onMessage: (listener: (message: unknown) => void) => void
  /** Called once, also when this side closed the port; at once if it is closed already. */
  onClose: (listener: () => void) => void
  close: () => void
}
