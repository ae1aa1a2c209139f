import { fixedItemSize } from '@shared/dtype/itemsize'
import type { BoundArrayCodec, BoundByteCodec, BoundSerializer } from './codec'
import type { CodecBackend } from './codec-backend'
import type { ByteSource, CodecPipeline } from './codec-pipeline'
import { corrupt, decoding } from './corrupt'
import { bloscStretches, plainStretches, type PartialRead, type Stretch } from './partial-blosc'
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
export function partialReads(
  steps: Steps,
): Pick<CodecPipeline, 'decodeItems' | 'decodeStretches' | 'itemStrides'> {
  const { spec, arrays, serializer, streams, backend } = steps
  const { decodeItems } = serializer
  const reader =
    streams.length === 0
      ? readPlain
      : streams.length === 1 && streams[0]!.name === 'blosc'
        ? bloscStretches
        : undefined
  if (!decodeItems || !reader || !arrays.every((codec) => codec.onlyStrides)) return {}
  const itemsize = fixedItemSize(spec.dtype)
  const total = serializer.output.size!
  const stretches = (
    source: ByteSource,
    firstItem: number,
    items: number,
    maxBlock = Infinity,
  ): Iterable<Stretch> | undefined => {
    const [offset, length] = [firstItem * itemsize, items * itemsize]
    if (offset < 0 || length < 0 || offset + length > total)
      throw new RangeError(`Items ${firstItem} to ${firstItem + items} are not in the chunk.`)
    return reader({ source, total, offset, length, backend, maxBlock })
  }
  return {
    itemStrides: storedStrides(spec, arrays),
    decodeItems: (source, firstItem, items) =>
      decoding(() => {
        const found = stretches(source, firstItem, items)
        return found && decodeItems(joined(found, firstItem * itemsize, items * itemsize))
      }),
    decodeStretches: (source, firstItem, items, take, maxBlock) =>
      decoding(() => {
        const found = stretches(source, firstItem, items, maxBlock)
        if (!found) return false
        for (const { offset, data } of wholeItems(found, itemsize)) {
          take({ firstItem: offset / itemsize, ...decodeItems(data) })
        }
        return true
      }),
  }
}

/** The bytes of stretches in one piece: the only one's own, where there is one. */
function joined(stretches: Iterable<Stretch>, start: number, length: number): Uint8Array {
  let bytes: Uint8Array | undefined
  for (const { offset, data } of stretches) {
    if (data.length === length) return data
    bytes ??= new Uint8Array(length)
    bytes.set(data, offset - start)
  }
  return bytes ?? new Uint8Array(length)
}

/** The same stretches, where one ends inside an item with the rest of it moved to the next. */
function* wholeItems(stretches: Iterable<Stretch>, itemsize: number): Generator<Stretch> {
  let rest: Uint8Array = new Uint8Array()
  for (const { offset, data } of stretches) {
    const bytes = rest.length === 0 ? data : concatenated(rest, data)
    const start = offset - rest.length
    const whole = bytes.length - (bytes.length % itemsize)
    rest = bytes.slice(whole)
    if (whole > 0) yield { offset: start, data: bytes.subarray(0, whole) }
  }
}

function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}

function readPlain(read: PartialRead): Iterable<Stretch> {
  if (read.source.size !== read.total)
    throw corrupt(`it holds ${read.source.size} bytes where the metadata asks for ${read.total}`)
  return plainStretches(read)
}

/** Strides, over the decoded shape, of the items in their stored order. */
function storedStrides(spec: PipelineSpec, arrays: readonly BoundArrayCodec[]): number[] {
  const stored = { ...spec, shape: arrays.at(-1)?.output.shape ?? spec.shape }
  return arrays.reduceRight((chunk, codec) => codec.decode(chunk), packed(stored, new Uint8Array())).strides
}
