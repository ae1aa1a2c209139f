import { fixedItemSize } from '@shared/dtype/itemsize'
import type { BoundArrayCodec, BoundByteCodec, BoundSerializer } from './codec'
import type { CodecBackend } from './codec-backend'
import type { CodecPipeline } from './codec-pipeline'
import { corrupt, decoding } from './corrupt'
import { readBlosc, type PartialRead } from './partial-blosc'
import { packed } from './bytes'
import type { PipelineSpec } from './pipeline-spec'

interface Steps {
  readonly spec: PipelineSpec
  readonly arrays: readonly BoundArrayCodec[]
  readonly serializer: BoundSerializer
  readonly streams: readonly { readonly name: string; readonly codec: BoundByteCodec }[]
  readonly backend: CodecBackend
}

/** The part of a pipeline that reads some items of a chunk alone; empty where the chain does not allow it. */
export function partialReads(steps: Steps): Pick<CodecPipeline, 'decodeItems' | 'itemStrides'> {
  const { spec, arrays, serializer, streams, backend } = steps
  const { decodeItems } = serializer
  const reader =
    streams.length === 0
      ? readPlain
      : streams.length === 1 && streams[0]!.name === 'blosc'
        ? readBlosc
        : undefined
  if (!decodeItems || !reader || !arrays.every((codec) => codec.onlyStrides)) return {}
  const itemsize = fixedItemSize(spec.dtype)
  const total = serializer.output.size!
  return {
    itemStrides: storedStrides(spec, arrays),
    decodeItems: (source, firstItem, items) =>
      decoding(() => {
        const [offset, length] = [firstItem * itemsize, items * itemsize]
        if (offset < 0 || length < 0 || offset + length > total)
          throw new RangeError(`Items ${firstItem} to ${firstItem + items} are not in the chunk.`)
        const data = reader({ source, total, offset, length, backend })
        return data && decodeItems(data)
      }),
  }
}

function readPlain({ source, total, offset, length }: PartialRead): Uint8Array {
  if (source.size !== total)
    throw corrupt(`it holds ${source.size} bytes where the metadata asks for ${total}`)
  return source.read(offset, length)
}

/** Strides, over the decoded shape, of the items in their stored order. */
function storedStrides(spec: PipelineSpec, arrays: readonly BoundArrayCodec[]): number[] {
  const stored = { ...spec, shape: arrays.at(-1)?.output.shape ?? spec.shape }
  return arrays.reduceRight((chunk, codec) => codec.decode(chunk), packed(stored, new Uint8Array())).strides
}
