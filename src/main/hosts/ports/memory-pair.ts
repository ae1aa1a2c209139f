import { withCompactViews } from '@shared/rpc/payload'
import type { Port } from '@shared/rpc/port'
import { createPort, type WiredPort } from '@shared/rpc/wire'

/** Two connected ports inside one thread. Like every transport it copies messages and delivers them later, in order. */
export function memoryPair(): [Port, Port] {
  const ends: WiredPort[] = []
  const end = (peer: number): WiredPort =>
    createPort({
      post: (message) => {
        const copy: unknown = structuredClone(withCompactViews(message))
        queueMicrotask(() => ends[peer]?.receive(copy))
      },
      close: () => queueMicrotask(() => ends[peer]?.closed()),
    })
  const first = end(1)
  const second = end(0)
  ends.push(first, second)
  return [first.port, second.port]
}
