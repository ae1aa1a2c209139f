import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from './io-error'

/** Enough to tell on the same machine whether a process still runs; texts are empty where the system does not say. */
export interface ProcessFacts {
  host: string
  pid: number
  /** Start of the process, in the system's own count: its number may be given to another one later. */
  start: string
  /** Start of the machine. */
  boot: string
  /** The table that the number is of: containers have their own. */
  namespace: string
}

let own: ProcessFacts | undefined

/** This process. */
export const thisProcess = (): ProcessFacts =>
  (own ??= {
    host: hostname(),
    pid: process.pid,
    start: statOf(process.pid).start,
    boot: quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: quietly(() => readlinkSync('/proc/self/ns/pid')),
  })

/** `unknown` where a process lives on another machine, or in another container of this one. */
export function stateOf({ host, pid, start, boot, namespace }: ProcessFacts): 'alive' | 'dead' | 'unknown' {
  const self = thisProcess()
  if (host !== self.host || namespace !== self.namespace) return 'unknown'
  if (boot !== self.boot) return 'dead'
  try {
    process.kill(pid, 0)
  } catch (thrown) {
    // EPERM: it runs, for another user.
    if (errorCode(thrown) === 'ESRCH') return 'dead'
  }
  const now = statOf(pid)
  return now.hasEnded || (now.start !== '' && start !== '' && now.start !== start) ? 'dead' : 'alive'
}

/** Start of a process on Linux, and whether it has ended but was not collected yet. */
function statOf(pid: number): { start: string; hasEnded: boolean } {
  const text = quietly(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  // The name in parentheses may hold anything; the state is the first field after it, the start the twentieth.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { start: fields[19] ?? '', hasEnded: fields[0] === 'Z' || fields[0] === 'X' }
}

function quietly(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
