import { createHash } from 'node:crypto'
import { stateOf, thisProcess } from './process-facts'

/** Machine and container, start of the machine, process, start of the process: a part of a pattern, with four groups. */
export const WRITER = String.raw`([0-9a-f]{12})-([0-9a-f]{12})-(\d+)-(\d*)`

/** What names of unfinished files say of the process that writes them: this one. */
export function writerMark(): string {
  const { pid, start } = thisProcess()
  return [...placeOf(), pid, start].join('-')
}

/** Whether the process with such a mark still runs; processes of other machines and containers cannot be asked. */
export function writerState(mark: string): ReturnType<typeof stateOf> {
  const [, where, since, pid, start = ''] = MARK.exec(mark) ?? []
  const [machine, boot] = placeOf()
  if (where !== machine) return 'unknown'
  return stateOf({ ...thisProcess(), pid: Number(pid), start, ...(since !== boot && { boot: 'earlier' }) })
}

const MARK = new RegExp(`^${WRITER}$`)

function placeOf(): [machine: string, boot: string] {
  const { host, boot, namespace } = thisProcess()
  return [shortDigest(`${host}\n${namespace}`), shortDigest(boot)]
}

/** Twelve hexadecimal digits for a text of any length. */
export const shortDigest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12)
