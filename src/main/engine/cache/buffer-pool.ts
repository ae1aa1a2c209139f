import { UsageError } from '@shared/errors'
import { newBuffer } from './new-buffer'

/** Shared memory on loan. Its contents are what the last user left. */
export interface LentBuffer {
  readonly buffer: SharedArrayBuffer
  /** Gives it back; the next borrower may write to it at once. Once only. */
  readonly release: () => void
}

/** Sizes are rounded up to an eighth of a power of two, so that neighbouring sizes share buffers. */
const STEPS = 8
/** The smallest size; less is not worth keeping. */
const PAGE = 4096

/**
 * Shared memory that is used again: the system gives new memory page by page as it is first written, which takes
 * longer than decoding into it. Buffers go out through `acquire` only and come back through `release` only; nothing
 * that outlives its reader, such as a cache, may hold one.
 */
export class BufferPool {
  /** Bytes kept at most while nobody uses them. */
  readonly capacity: number
  private readonly free: SharedArrayBuffer[] = []
  private kept = 0

  constructor(capacity = 512 * 2 ** 20) {
    this.capacity = capacity
  }

  /** Bytes kept now. */
  get bytes(): number {
    return this.kept
  }

  /** A buffer of at least `bytes`. Throws LimitError where there is not that much memory. */
  acquire(bytes: number): LentBuffer {
    const size = roundedUp(bytes)
    const at = this.free.findIndex((buffer) => buffer.byteLength === size)
    const buffer = at < 0 ? newBuffer(size) : this.free.splice(at, 1)[0]!
    if (at >= 0) this.kept -= size
    return this.lend(buffer)
  }

  /** Gives all unused memory back to the system. */
  clear(): void {
    this.free.length = 0
    this.kept = 0
  }

  private lend(buffer: SharedArrayBuffer): LentBuffer {
    let isLent = true
    return {
      buffer,
      release: () => {
        if (!isLent) throw new UsageError('A buffer was given back twice.')
        isLent = false
        this.keep(buffer)
      },
    }
  }

  /** The one used last is the first to be lent again; those unused for longest go when there are too many. */
  private keep(buffer: SharedArrayBuffer): void {
    if (buffer.byteLength > this.capacity) return
    this.free.unshift(buffer)
    this.kept += buffer.byteLength
    while (this.kept > this.capacity) this.kept -= this.free.pop()!.byteLength
  }
}

function roundedUp(bytes: number): number {
  const step = Math.max(PAGE, 2 ** Math.floor(Math.log2(Math.max(1, bytes))) / STEPS)
  return Math.max(1, Math.ceil(bytes / step)) * step
}

/** The buffers that copies, exports and writes of this process hand on to each other. */
export const sharedBuffers = new BufferPool(128 * 2 ** 20)
