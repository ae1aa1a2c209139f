/**
 * Loaded into a host before its own program (node --import): watches its event loop and memory, and answers over the
 * channel to the process that started it. "reset" begins a new measurement, "report" answers it.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const RESOLUTION_MS = 1
// What is measured is the time between two looks; the time that was asked for is no delay.
const milliseconds = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)

function watch() {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  process.on('message', (word) => {
    if (word === 'reset') {
      delay.reset()
      return
    }
    process.send({
      delayP50: milliseconds(delay.percentile(50)),
      delayP99: milliseconds(delay.percentile(99)),
      delayMax: milliseconds(delay.max),
      peakMB: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
    })
  })
  process.channel.unref()
}

// Worker threads load this as well.
if (isMainThread) watch()
