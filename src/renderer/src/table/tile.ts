import type { DataType, ItemValue } from '@shared/dtype/data-type'
import type { Block, BlockPart, CellState } from '@shared/model/block'
import { product } from '@shared/selection/counts'

export interface Rect {
  row: number
  column: number
  rows: number
  columns: number
}

/** A rectangle of the table that has arrived: items of a block seen as rows and columns. */
export class Tile {
  readonly rect: Rect
  readonly bytes: number
  readonly #block: Block
  readonly #dtype: DataType
  readonly #rowStride: number
  readonly #columnStride: number
  readonly #parts: Uint16Array | undefined

  constructor(rect: Rect, block: Block, dtype: DataType, rowStride: number, columnStride: number) {
    this.rect = rect
    this.#block = block
    this.#dtype = dtype
    this.#rowStride = rowStride
    this.#columnStride = columnStride
    this.bytes = block.data.byteLength + (block.offsets?.byteLength ?? 0) + 512
    this.#parts = block.parts.length > 1 ? partOfItem(block) : undefined
  }

  /** The same cells with the same states: nothing to draw anew. */
  sameAs(tile: Tile): boolean {
    const { data, offsets, parts } = this.#block
    const other = tile.#block
    return (
      sameItems(data, other.data) &&
      sameItems(offsets ?? NONE, other.offsets ?? NONE) &&
      parts.length === other.parts.length &&
      parts.every((part, i) => samePart(part, other.parts[i]))
    )
  }

  /** Item of the block at a table position inside `rect`. */
  #item(row: number, column: number): number {
    return (row - this.rect.row) * this.#rowStride + (column - this.rect.column) * this.#columnStride
  }

  value(row: number, column: number): ItemValue {
    const item = this.#item(row, column)
    const { data, offsets } = this.#block
    if (offsets) return this.#dtype.read(data, offsets[item] ?? 0, offsets[item + 1] ?? 0)
    return this.#dtype.read(data, item * (this.#dtype.itemsize ?? 0))
  }

  /** Canonical bytes of one item. */
  raw(row: number, column: number): Uint8Array {
    const item = this.#item(row, column)
    const { data, offsets } = this.#block
    const size = this.#dtype.itemsize ?? 0
    return offsets
      ? data.subarray(offsets[item], offsets[item + 1])
      : data.subarray(item * size, (item + 1) * size)
  }

  part(row: number, column: number): BlockPart | undefined {
    return this.#block.parts[this.#parts?.[this.#item(row, column)] ?? 0]
  }

  state(row: number, column: number): CellState {
    return this.part(row, column)?.state ?? 'stored'
  }
}

const NONE = new Uint32Array()

const sameItems = (a: Uint8Array | Uint32Array, b: Uint8Array | Uint32Array): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i])

const samePart = (a: BlockPart, b: BlockPart | undefined): boolean =>
  a.state === b?.state &&
  a.key === b.key &&
  a.error === b.error &&
  String(a.start) === String(b.start) &&
  String(a.shape) === String(b.shape)

/** For every item of a block the index of the part it lies in. */
function partOfItem(block: Block): Uint16Array {
  const items = product(block.shape)
  const owner = new Uint16Array(items)
  block.parts.forEach((part, index) => {
    fillBox(owner, block.shape, part.start, part.shape, index)
  })
  return owner
}

function fillBox(target: Uint16Array, shape: number[], start: number[], box: number[], value: number): void {
  const rank = shape.length
  if (rank === 0) {
    target[0] = value
    return
  }
  const run = box[rank - 1] ?? 0
  const outer = product(box.slice(0, -1))
  for (let n = 0; n < outer; n++) {
    let offset = 0
    let stride = shape[rank - 1] ?? 1
    let rest = n
    for (let d = rank - 2; d >= 0; d--) {
      const length = box[d] ?? 1
      offset += ((start[d] ?? 0) + (rest % length)) * stride
      rest = Math.floor(rest / length)
      stride *= shape[d] ?? 1
    }
    offset += start[rank - 1] ?? 0
    target.fill(value, offset, offset + run)
  }
}
