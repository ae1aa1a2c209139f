import type { ZarrArray } from '../nodes/array'
import { countStorage } from './count-storage'
import { listFolder } from './list-folder'
import { ShardLayout } from './shard-layout'

/**
 * The chunks of an array that are stored (inner chunks, with shards), when nothing else is asked for: where names tell,
 * no size is. Throws as `countStorage`.
 */
export async function countInitialized(
  array: ZarrArray,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<number> {
  if (ShardLayout.of(array)) return (await countStorage(array, { signal })).initialized
  let count = 0
  const chunk = (): void => {
    count++
  }
  await listFolder(array, { chunk, other: () => undefined }, { signal, sizes: false })
  return count
}

/** All bytes stored in an array's folder, when nothing else is asked for: no shard index is read. Throws the same. */
export async function countBytes(
  array: ZarrArray,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<number> {
  let bytes = 0
  const add = (size: number): void => {
    bytes += size
  }
  await listFolder(array, { chunk: (_coords, size) => add(size), other: add }, { signal })
  return bytes
}
