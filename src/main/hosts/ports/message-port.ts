import type { MessagePort } from 'node:worker_threads'
import { withCompactViews } from '@shared/rpc/payload'
import type { Port } from '@shared/rpc/port'
import { createPort } from '@shared/rpc/wire'
import type { MessagePortMain } from 'electron'

/** One end of a MessageChannel of node:worker_threads. Messages travel by structured clone. */
export function nodeMessagePort(end: MessagePort): Port {
  const { port, receive, closed } = createPort({
    post: (message) => end.postMessage(withCompactViews(message)),
    close: () => end.close(),
  })
  end.on('message', receive)
  end.on('messageerror', () => port.close())
  end.on('close', closed)
  return port
}

/** One end of Electron's MessageChannelMain, the other being in a window. It closes when the window goes away. */
export function electronMessagePort(end: MessagePortMain): Port {
  const { port, receive, closed } = createPort({
    // No transfer list: a transferred ArrayBuffer does not arrive in another process (electron#34905).
    post: (message) => end.postMessage(withCompactViews(message)),
    close: () => end.close(),
  })
  end.on('message', ({ data }) => receive(data))
  end.on('close', closed)
  end.start()
  return port
}
