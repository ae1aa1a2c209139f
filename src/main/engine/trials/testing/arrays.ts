import type { ZarrArray } from '../../nodes/array'
import { createArray } from '../../nodes/creation/create-node'
import type { NewArrayOptions } from '../../nodes/creation/new-array-options'
import { writeArray } from '../../nodes/writing/write-array'
import { openNode } from '../../nodes/open'
import { InlineExecutor } from '../../pool/inline'
import { LoggingStore } from '../../stores/logging'
import { MemoryStore } from '../../stores/memory'

export const context = { executor: new InlineExecutor() }

export interface Filled {
  array: ZarrArray
  /** What was asked of the store since it was filled. */
  log: LoggingStore
  memory: MemoryStore
}

/** An array in memory; `items` are its canonical bytes, none leaves every chunk missing. */
export async function filledArray(options: NewArrayOptions, items?: ArrayBufferView): Promise<Filled> {
  const memory = new MemoryStore()
  const made = await createArray(memory, '', options, context)
  if (items) {
    const dims = made.shape.map((count) => ({ start: 0, step: 1, count }))
    const data = new Uint8Array(items.buffer, items.byteOffset, items.byteLength)
    const block = { data, shape: made.shape }
    await writeArray(made, { kind: 'basic', dims }, block, { writeEmptyChunks: true })
  }
  const log = new LoggingStore(memory)
  const array = await openNode(log, '', context)
  if (array.kind !== 'array') throw new TypeError('an array was made')
  log.clear()
  return { array, log, memory }
}

/** int32 numbers 0, 1, 2 … */
export const counting = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i)
