import { memoryOf } from '../codecs/wasm/shared-memory'
import type { Located } from '../stores/store'
import type { ReadJob, ReadTarget } from './operations'

/**
 * The same tasks with values that are in memory on shared memory, so that sending them to several threads copies
 * nothing. A value that several tasks name is copied once.
 */
export function withSharedBytes<Task extends { source: Located }>(tasks: readonly Task[]): Task[] {
  const shared = new Map<Uint8Array, Uint8Array>()
  return tasks.map((task) => {
    if (task.source.kind !== 'bytes' || task.source.bytes.buffer instanceof SharedArrayBuffer) return task
    const { bytes } = task.source
    let copy = shared.get(bytes)
    if (!copy) {
      copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
      copy.set(bytes)
      shared.set(bytes, copy)
    }
    return { ...task, source: { kind: 'bytes', bytes: copy } }
  })
}

/** The same place with what copies to and from it fastest. */
export function withMemory(target: ReadTarget): ReadTarget {
  const memory = memoryOf(target.buffer)
  return memory ? { ...target, memory } : target
}

/** The same of each place, where there are several. */
export const withMemories = (target: ReadJob['target']): ReadJob['target'] =>
  Array.isArray(target) ? target.map(withMemory) : withMemory(target)
