import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { fixedItemSize } from '@shared/dtype/itemsize'
import { toJsonValue } from '@shared/json/access'
import type { JsonObject } from '@shared/json/value'
import { chunkCoordinates, chunkGrid, chunkShape, chunkStart, type ChunkGridSpec } from '../../chunks/grid'
import { chunkKey } from '../../chunks/keys'
import { bindPipeline } from '../../codecs/pipeline'
import type { CodecSpec } from '../../codecs/pipeline-spec'

export interface StoredArraySpec {
  shape: number[]
  grid: ChunkGridSpec
  dtype: DataTypeSpec
  fill: Uint8Array | null
  codecs: CodecSpec[]
}

/** An array on disk whose every item is known: its bytes come from its index. */
export interface StoredArray extends StoredArraySpec {
  root: string
  /** Canonical bytes of the item with this index, of a chunk that is stored. */
  item(index: readonly number[]): Uint8Array
  path(coords: readonly number[]): string
  remove(): void
}

/** A codec with a configuration of plain values. */
export const codec = (name: string, configuration: Record<string, unknown> = {}): CodecSpec => ({
  name,
  configuration: toJsonValue(configuration) as JsonObject,
})

/** Writes all chunks but those that `isMissing` names. */
export function storeArray(
  spec: StoredArraySpec,
  isMissing: (coords: readonly number[]) => boolean = () => false,
): StoredArray {
  const root = mkdtempSync(join(tmpdir(), 'zarrscope-pool-'))
  const itemsize = fixedItemSize(spec.dtype)
  const item = (index: readonly number[]): Uint8Array =>
    Uint8Array.from({ length: itemsize }, (_, b) => index.reduce((n, i) => n * 31 + i, 7 + b * 3))
  const path = (coords: readonly number[]): string =>
    join(root, chunkKey({ name: 'default', separator: '/' }, coords))
  const grid = chunkGrid(spec.grid, spec.shape)
  for (const coords of chunkCoordinates(grid)) {
    if (isMissing(coords)) continue
    const shape = chunkShape(grid, coords)
    const start = chunkStart(grid, coords)
    const data = new Uint8Array(shape.reduce((a, b) => a * b, itemsize))
    for (let i = 0; i < data.length / itemsize; i++) data.set(item(indexOf(i, shape, start)), i * itemsize)
    const file = path(coords)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bindPipeline({ ...spec, shape }).encode(data))
  }
  return { ...spec, root, item, path, remove: () => rmSync(root, { recursive: true, force: true }) }
}

function indexOf(number: number, shape: readonly number[], start: readonly number[]): number[] {
  const index = [...start]
  for (let k = shape.length - 1; k >= 0; k--) {
    index[k]! += number % shape[k]!
    number = Math.floor(number / shape[k]!)
  }
  return index
}
