import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { dataType } from '@shared/dtype/registry'
import { IoError } from '@shared/errors'
import { toJsonValue } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import { product } from '@shared/selection/counts'
import { chunkCoordinates, chunkGrid, chunkShape, chunkStart } from '@engine/chunks/grid'
import { chunkKey } from '@engine/chunks/keys'
import { bindPipeline } from '@engine/codecs/pipeline'
import type { ArrayMetadata } from '@engine/metadata/array-metadata'
import { parseDocuments } from '@engine/nodes/documents'
import { DirectoryStore } from '@engine/stores/directory'
import { joinKey } from '@engine/stores/key'
import type { WritableStore } from '@engine/stores/store'
import { SAMPLE, type SampleNode } from './recipe'

/** Names tried before giving up. */
const MOST_SAMPLES = 1000

/**
 * Writes the sample store into a new folder below `folder` and answers its path. Nothing that exists is touched: the
 * second sample is "Zarrscope sample 2.zarr". What was written is removed again where writing fails.
 */
export async function writeSample(folder: string): Promise<string> {
  const path = await newFolder(folder)
  try {
    await fillStore(new DirectoryStore(path, { flush: 'none' }))
    return path
  } catch (error) {
    await rm(path, { recursive: true, force: true })
    throw error
  }
}

async function newFolder(folder: string): Promise<string> {
  for (let i = 1; i <= MOST_SAMPLES; i++) {
    const path = join(folder, `Zarrscope sample${i === 1 ? '' : ` ${i}`}.zarr`)
    try {
      await mkdir(path)
      return path
    } catch (error) {
      const { code = 'EIO' } = error as NodeJS.ErrnoException
      if (code !== 'EEXIST')
        throw new IoError(path, code, `the folder could not be made (${code}).`, { cause: error })
    }
  }
  throw new IoError(folder, 'EEXIST', `it holds ${MOST_SAMPLES} samples already; delete some.`)
}

/** Writes every node of the sample; documents last, so that no array is seen before its chunks. */
export async function fillStore(store: WritableStore): Promise<void> {
  for (const node of SAMPLE) {
    const documents = Object.entries(node.documents).map(([name, document]): [string, string] => [
      name,
      stringifyJson(toJsonValue(document), { indent: 2 }),
    ])
    const metadata = parseDocuments(node.path, new Map(documents))?.metadata
    if (metadata?.kind === 'array') await writeChunks(store, node, metadata)
    for (const [name, text] of documents)
      await store.set(joinKey(node.path, name), new TextEncoder().encode(text))
  }
}

async function writeChunks(
  store: WritableStore,
  { path, array }: SampleNode,
  metadata: ArrayMetadata,
): Promise<void> {
  if (!array || metadata.dtype === null) return
  const { dtype: spec, fill, codecs } = metadata
  const dtype = dataType(spec)
  const grid = chunkGrid(metadata.grid, metadata.shape)
  for (const coords of chunkCoordinates(grid)) {
    if (array.missing?.(coords)) continue
    const shape = chunkShape(grid, coords)
    const beyond = fill ?? dtype.zero()
    const items: Uint8Array[] = []
    eachIndex(chunkStart(grid, coords), shape, (index) => {
      const inside = index.every((i, k) => i < metadata.shape[k]!)
      items.push(inside ? dtype.encode(array.value(index)) : beyond)
    })
    const pipeline = bindPipeline({ dtype: spec, shape, fill, codecs })
    const offsets = dtype.itemsize === null ? runningLengths(items) : undefined
    const bytes = pipeline.encode(new Uint8Array(Buffer.concat(items)), offsets)
    await store.set(joinKey(path, chunkKey(metadata.keyEncoding, coords)), bytes)
  }
}

function runningLengths(items: readonly Uint8Array[]): Uint32Array {
  const offsets = new Uint32Array(items.length + 1)
  items.forEach((item, i) => (offsets[i + 1] = offsets[i]! + item.length))
  return offsets
}

/** Visits every index of a box in C order; the array it hands over is used again. */
function eachIndex(
  start: readonly number[],
  shape: readonly number[],
  visit: (index: readonly number[]) => void,
): void {
  const index = [...start]
  const items = product(shape)
  for (let i = 0; i < items; i++) {
    visit(index)
    for (let k = index.length - 1; k >= 0 && ++index[k]! === start[k]! + shape[k]!; k--) index[k] = start[k]!
  }
}
