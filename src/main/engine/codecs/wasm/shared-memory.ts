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

/** The memory of WebAssembly that a buffer is all of; undefined for others. */
export const memoryOf = (buffer: SharedArrayBuffer): WebAssembly.Memory | undefined => memories.get(buffer)
