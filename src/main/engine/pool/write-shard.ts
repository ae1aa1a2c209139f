import { fixedItemSize } from '@shared/dtype/itemsize'
import { coversChunk } from '../chunks/covers-chunk'
import { fillOutput } from '../chunks/fill'
import { gather } from '../chunks/gather'
import { gatherVariable } from '../chunks/gather-variable'
import { scatter } from '../chunks/scatter'
import { replaceVariable } from '../chunks/scatter-variable'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import { isAllFill } from '../codecs/shard-parts'
import { rowCopiers } from '../codecs/wasm/row-copiers'
import type { ChunkReader } from './chunk-reader'
import { fillItem } from './fill-item'
import { decodedBytes } from './limits'
import type { VlenWriteJob, WriteJob, WriteResult, WriteTask } from './operations'
import { patchedShard, type EncodeInner, type ShardPipeline } from './patched-shard'
import { filledItems } from './filled-items'
import { removed, written } from './write-target'

/** Replaces some items of a shard; its other inner chunks stay as they are stored. Throws as `patchedShard`. */
export function writePatched(
  job: Pick<WriteJob, 'dropFill' | 'flush'>,
  task: WriteTask,
  pipeline: ShardPipeline,
  reader: ChunkReader,
  encode: EncodeInner,
): WriteResult {
  const stored = reader.stored(task)?.bytes
  reader.close()
  const bytes = patchedShard(pipeline, stored, task.projection, encode)
  if (!bytes && job.dropFill) return removed(task)
  const { sharding } = pipeline
  return written(task, bytes ?? sharding.join(sharding.split(undefined)), job.flush ?? false)
}

/** Puts the job's items into inner chunks. */
export function innerEncoder({ input }: WriteJob): EncodeInner {
  const items = {
    bytes: new Uint8Array(input.buffer, input.byteOffset),
    strides: input.strides,
    copiers: input.memory && rowCopiers(input.memory),
  }
  let kept: Uint8Array | undefined
  return (inner, projection, stored) => {
    const { dtype, shape, fill } = inner.spec
    const strides = cOrderStrides(shape)
    const data = (kept ??= new Uint8Array(decodedBytes(inner.spec)))
    if (stored) scatter(stored, wholeProjection(shape), { bytes: data, strides })
    else if (!coversChunk(projection, shape)) fillOutput(data, fillItem(inner.spec))
    gather(items, projection, { shape, strides, data }, fixedItemSize(dtype))
    return isAllFill({ dtype, data }, fill) ? undefined : inner.encode(data)
  }
}

/** The same for items that vary in length. */
export function variableInnerEncoder({ input }: VlenWriteJob): EncodeInner {
  return (inner, projection, stored) => {
    const { dtype, shape, fill } = inner.spec
    const before = stored
      ? gatherVariable({ ...stored, offsets: stored.offsets! }, wholeProjection(shape))
      : filledItems(fill, inner.items)
    const layout = { shape, strides: cOrderStrides(shape) }
    const { data, offsets } = replaceVariable(before, layout, projection, input)
    return isAllFill({ dtype, data, offsets }, fill) ? undefined : inner.encode(data, offsets)
  }
}
