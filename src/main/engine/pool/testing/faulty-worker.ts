import { parentPort, threadId } from 'node:worker_threads'
import { OPERATIONS } from '../thread-operations'
import { serveJobs } from '../worker-thread'

/**
 * A worker thread that misbehaves at keys that tell it to: "hang", "die", "slow" (20 ms). In place of the stored
 * bytes it reports its thread.
 */
serveJobs(parentPort!, {
  ...OPERATIONS,
  read: {
    ...OPERATIONS.read,
    bind(job, thread) {
      const bound = OPERATIONS.read.bind(job, thread)
      return {
        ...bound,
        run(task, context) {
          misbehave(job.tasks[task]!.key)
          return { ...bound.run(task, context), storedBytes: threadId }
        },
      }
    },
  },
})

function misbehave(key: string): void {
  if (key.startsWith('hang')) for (;;) Math.random()
  if (key.startsWith('die')) process.exit(3)
  if (key.startsWith('slow')) spin(20)
}

function spin(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until) Math.random()
}
