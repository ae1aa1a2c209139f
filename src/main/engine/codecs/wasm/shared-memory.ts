import { canCopyRows } from './row-copiers'

const PAGE = 65_536
const MAX_PAGES = 65_536
/** Smaller buffers are not worth the address space that the platform reserves for each memory. */
const WORTH_A_MEMORY = 2 ** 22

/** Whether the C library asks for huge pages: plain memory costs far fewer page faults then, WebAssembly's as many. */
const hasHugePages = /\bglibc\.malloc\.hugetlb=[12]/.test(process.env['GLIBC_TUNABLES'] ?? '')

const memories = new WeakMap<SharedArrayBuffer, WebAssembly.Memory>()

/**
 * New shared memory of at least `bytes`, zeros. Large ones are memories of WebAssembly, where this Node can copy
 * between two of those. Throws RangeError where there is not that much.
 */
export function newSharedMemory(bytes: number): SharedArrayBuffer {
  const buffer = allocated(bytes)
  if (bytes >= WORTH_A_MEMORY) counted.set(buffer, plainMemory(bytes))
  return buffer
}

function allocated(bytes: number): SharedArrayBuffer {
  const pages = Math.ceil(bytes / PAGE)
  const isPlain = bytes < WORTH_A_MEMORY || pages > MAX_PAGES || hasHugePages || !canCopyRows()
  if (isPlain) return new SharedArrayBuffer(bytes)
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    const buffer: unknown = memory.buffer
    if (buffer instanceof SharedArrayBuffer) {
      memories.set(buffer, memory)
      return buffer
    }
  } catch {
    // The address space for memories is used up; there may be room for a plain one.
  }
  return new SharedArrayBuffer(bytes)
}

/**
 * V8 does not count shared memory, so that nothing would make it look for what nobody uses any more. Plain memory of the
 * same size, never touched and hence no more than addresses, lives as long as the buffer does and is counted.
 */
const counted = new WeakMap<SharedArrayBuffer, ArrayBuffer | undefined>()

/** New buffers of other threads that this one has written to since V8 was last made to look, in bytes. */
let uncounted = 0
const LOOK_BYTES = 2 ** 30

/** Tells of a new buffer that came from another thread, and that this thread, too, holds until V8 looks. */
export function noteNewMemory(bytes: number): void {
  uncounted += bytes
  if (uncounted < LOOK_BYTES) return
  plainMemory(uncounted)
  uncounted = 0
}

function plainMemory(bytes: number): ArrayBuffer | undefined {
  try {
    return new ArrayBuffer(bytes)
  } catch {
    // There are no addresses left for it.
    return undefined
  }
}

/** The memory of WebAssembly that a buffer is all of; undefined for others. */
export const memoryOf = (buffer: SharedArrayBuffer): WebAssembly.Memory | undefined => memories.get(buffer)
