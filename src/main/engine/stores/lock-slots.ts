/** Locks that the names of chunks are spread over. Two names may share one, which costs waiting but never safety. */
const CHUNKS = 1024
/** Locks of metadata. They are apart from the others because they are held while locks of chunks are taken. */
const METADATA = 64
/** The lock of consolidated metadata, which is taken while any of the others is held: always the last. */
const CONSOLIDATED = METADATA + CHUNKS

/** All locks of one synchronizer. */
export const LOCK_SLOTS = CONSOLIDATED + 1

/** Names the lock of all copies of metadata that lie in documents of groups; no key is called so. */
export const CONSOLIDATED_LOCK = '/consolidated'

/** The locks of some names, each once, in the order in which every writer takes them. */
export const lockSlots = (names: readonly string[]): number[] =>
  [...new Set(names.map(slotOf))].sort((a, b) => a - b)

function slotOf(name: string): number {
  if (name === CONSOLIDATED_LOCK) return CONSOLIDATED
  const hash = fnv(name)
  return /(^|\/)metadata$/.test(name) ? hash % METADATA : METADATA + (hash % CHUNKS)
}

/** FNV-1a, 32 bits. */
function fnv(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Takes locks one after another; those that are held are let go of where a later one fails. */
export async function takeInOrder(
  slots: readonly number[],
  take: (slot: number) => Promise<() => Promise<void>>,
): Promise<() => Promise<void>> {
  const held: (() => Promise<void>)[] = []
  const release = async (): Promise<void> => {
    for (const free of held.splice(0).reverse()) await free()
  }
  try {
    for (const slot of slots) held.push(await take(slot))
    return release
  } catch (error) {
    await release()
    throw error
  }
}
