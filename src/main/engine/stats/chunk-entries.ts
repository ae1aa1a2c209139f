/** Entries of one block: growing never copies what is there. */
const BLOCK = 8192

interface Block {
  coords: Float64Array
  sizes: Float64Array
  modified: Float64Array
}

/** Takes an entry; `coords` is used again for the next one. */
export type EntryVisitor = (coords: Float64Array, size: number, modified: number, index: number) => void

/** Stored chunks in the order they were found, as plain numbers; memory grows with them alone. */
export class ChunkEntries {
  count = 0
  /** Sum of the sizes. */
  bytes = 0
  private readonly rank: number
  private readonly blocks: (Block | undefined)[] = []

  constructor(rank: number) {
    this.rank = rank
  }

  append(coords: Float64Array, size: number, modified: number): void {
    const at = this.count % BLOCK
    if (at === 0) this.blocks.push(newBlock(this.rank))
    const block = this.blocks[(this.count - at) / BLOCK]!
    for (let k = 0; k < this.rank; k++) block.coords[at * this.rank + k] = coords[k]!
    block.sizes[at] = size
    block.modified[at] = modified
    this.count++
    this.bytes += size
  }

  /** Visits entries `from` to `to` (not included); those that were forgotten must not be among them. */
  each(from: number, to: number, visit: EntryVisitor): void {
    const coords = new Float64Array(this.rank)
    for (let i = from; i < to; i++) {
      const at = i % BLOCK
      const block = this.blocks[(i - at) / BLOCK]!
      for (let k = 0; k < this.rank; k++) coords[k] = block.coords[at * this.rank + k]!
      visit(coords, block.sizes[at]!, block.modified[at]!, i)
    }
  }

  coordsOf(index: number): number[] {
    const at = index % BLOCK
    const block = this.blocks[(index - at) / BLOCK]!
    return Array.from(block.coords.subarray(at * this.rank, (at + 1) * this.rank))
  }

  modifiedOf(index: number): number {
    const at = index % BLOCK
    return this.blocks[(index - at) / BLOCK]!.modified[at]!
  }

  /** Gives back the memory of entries before this one, as far as whole blocks allow. */
  forget(before: number): void {
    for (let block = Math.floor(before / BLOCK) - 1; block >= 0 && this.blocks[block]; block--)
      this.blocks[block] = undefined
  }
}

const newBlock = (rank: number): Block => ({
  coords: new Float64Array(BLOCK * rank),
  sizes: new Float64Array(BLOCK),
  modified: new Float64Array(BLOCK),
})
