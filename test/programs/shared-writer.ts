/**
 * A program for tests, run as a worker thread or as a process: writes to a region of an array, or adds one to an item
 * again and again, with the synchronizer that it is told.
 */
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { open, ProcessSynchronizer, slice, ThreadSynchronizer } from '../../src/main/library'

export interface Work {
  path: string
  /** Handle of a ThreadSynchronizer, or the path of a ProcessSynchronizer; none where absent. */
  handle?: SharedArrayBuffer
  locks?: string
  /** Write this value to items from … to …, this many times. */
  region?: { from: number; to: number; value: number }
  rounds: number
  /** Append one item per round instead. */
  append?: boolean
}

async function work({ path, handle, locks, region, rounds, append }: Work): Promise<void> {
  const synchronizer = handle
    ? ThreadSynchronizer.from(handle)
    : locks === undefined
      ? undefined
      : new ProcessSynchronizer(locks)
  const z = await open(path, { mode: 'r+', ...(synchronizer && { synchronizer }) })
  for (let round = 0; round < rounds; round++) {
    if (append) await z.append([round])
    else if (region) await z.set([slice(region.from, region.to)], region.value + round)
  }
}

if (isMainThread) await work(JSON.parse(process.argv[2]!) as Work)
else {
  await work(workerData as Work)
  parentPort!.postMessage('done')
}
