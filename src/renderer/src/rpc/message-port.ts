import { withCompactViews } from '@shared/rpc/payload'
import type { Port } from '@shared/rpc/port'
import { createPort } from '@shared/rpc/wire'

/** The window's end of the channel to Electron's main process. */
export function browserMessagePort(end: MessagePort): Port {
  const { port, receive, closed } = createPort({
    // No transfer list: a transferred ArrayBuffer does not arrive in another process (electron#34905).
    post: (message) => end.postMessage(withCompactViews(message)),
    close: () => end.close(),
  })
  end.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data))
  end.addEventListener('messageerror', () => port.close())
  end.addEventListener('close', closed)
  end.start()
  return port
}
