import { LimitError, MetadataError, UnsupportedError, UsageError, ZarrscopeError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { threadBackend } from './backends/thread-backend'
import { packed } from './bytes'
import type {
  BindContext,
  BoundArrayCodec,
  BoundByteCodec,
  BoundSerializer,
  ChunkSpec,
  CodecDefinition,
  StreamSpec,
} from './codec'
import type { CodecBackend } from './codec-backend'
import type { CodecPipeline } from './codec-pipeline'
import { parseCodecSpecs } from './codec-spec'
import { Configuration } from './configuration'
import { corrupt, decoding, encoding } from './corrupt'
import type { DecodedChunk } from './decoded-chunk'
import { MAX_DECODED_BYTES } from './limits'
import { product } from './layout'
import { partialReads } from './partial'
import type { CodecSpec, PipelineSpec } from './pipeline-spec'
import { findCodec, isKnownCodec, whyRefused } from './table'

/** What an item of varying length costs in memory while a chunk is decoded, besides its bytes. */
const VARIABLE_ITEM_COST = 16

/** Binds the codecs of a chunk (see CodecPipeline). Cheap: the backend starts with the first chunk. */
export function bindPipeline(spec: PipelineSpec, backend: CodecBackend = threadBackend()): CodecPipeline {
  const { arrays, serializer, streams } = bindSteps(spec, backend)
  const itemsize = itemSize(spec.dtype)
  const items = product(spec.shape)
  const checkSize = (): void => {
    const size = items * (itemsize ?? VARIABLE_ITEM_COST)
    if (size > MAX_DECODED_BYTES)
      throw new LimitError('The size of a chunk in bytes', size, MAX_DECODED_BYTES)
  }
  const decode = (stored: Uint8Array): DecodedChunk => {
    checkSize()
    const data = streams.reduceRight((bytes, { codec, input }) => checked(codec.decode(bytes), input), stored)
    return arrays.reduceRight((chunk, codec) => codec.decode(chunk), serializer.decode(data))
  }
  const encode = (data: Uint8Array, offsets?: Uint32Array): Uint8Array => {
    checkSize()
    const chunk = arrays.reduce((array, codec) => codec.encode(array), inputChunk(spec, data, offsets))
    return streams.reduce((bytes, { codec }) => codec.encode(bytes), serializer.encode(chunk))
  }
  const plain = arrays.length === 0 && streams.length === 0
  return {
    spec,
    items,
    encodedSize: (streams.at(-1)?.codec ?? serializer).output.size,
    sharding: plain ? serializer.sharding : undefined,
    decode: (stored) => decoding(() => decode(stored)),
    encode: (data, offsets) => encoding(() => ownBytes(encode(data, offsets), data)),
    encodeInPlace: (data, offsets) => encoding(() => encode(data, offsets)),
    ...partialReads({ spec, arrays, serializer, streams, backend }),
  }
}

/** What `bindPipeline` would throw for these codecs, or undefined. */
export function checkPipeline(spec: PipelineSpec): ZarrscopeError | undefined {
  try {
    bindPipeline(spec)
    return undefined
  } catch (thrown) {
    if (thrown instanceof ZarrscopeError) return thrown
    throw thrown
  }
}

/** The codecs of a pipeline, each bound to what the one before it gives. */
export interface BoundSteps {
  readonly arrays: readonly BoundArrayCodec[]
  readonly serializer: BoundSerializer
  readonly streams: readonly {
    readonly name: string
    readonly codec: BoundByteCodec
    readonly input: StreamSpec
  }[]
}

/** Binds every codec of a chain to what the one before it gives; throws as `bindPipeline`. */
export function bindSteps(spec: PipelineSpec, backend: CodecBackend): BoundSteps {
  const context = bindContext(backend)
  const codecs = spec.codecs.map(lookUp)
  const pivot = serializerAt(codecs)
  let chunk: ChunkSpec = spec
  const arrays = codecs.slice(0, pivot).map((codec) => {
    const bound = bindOne(codec, 'bindArrayToArray', (bind, fields) => bind(fields, chunk, context))
    chunk = bound.output
    return bound
  })
  const serializer = bindOne(codecs[pivot]!, 'bindArrayToBytes', (bind, fields) =>
    bind(fields, chunk, context),
  )
  let stream = serializer.output
  const streams = codecs.slice(pivot + 1).map((codec) => {
    const input = stream
    const bound = bindOne(codec, 'bindBytesToBytes', (bind, fields) => bind(fields, input, context))
    stream = bound.output
    return { name: codec.definition.name, codec: bound, input }
  })
  return { arrays, serializer, streams }
}

const bindContext = (backend: CodecBackend): BindContext => ({
  backend,
  bindInner(configuration, field, chunk) {
    const codecs = parseCodecSpecs(
      configuration.get(field),
      `codec ${configuration.codec}, ${field}`,
      isKnownCodec,
    )
    return bindPipeline({ dtype: chunk.dtype, shape: [...chunk.shape], fill: chunk.fill, codecs }, backend)
  },
})

interface Step {
  readonly spec: CodecSpec
  readonly definition: CodecDefinition
}

function lookUp(spec: CodecSpec): Step {
  const definition = findCodec(spec.name)
  if (!definition) throw new UnsupportedError('codec', spec.name, whyRefused(spec.name))
  return { spec, definition }
}

/** The place of the codec that turns the array into bytes: exactly one must do so, and some can do nothing else. */
function serializerAt(codecs: readonly Step[]): number {
  const able = codecs.flatMap(({ definition }, i) => (definition.bindArrayToBytes ? [i] : []))
  const only = able.filter(
    (i) => !codecs[i]!.definition.bindArrayToArray && !codecs[i]!.definition.bindBytesToBytes,
  )
  if (only.length > 1)
    throw new MetadataError('', 'codecs', `two codecs turn the array into bytes: ${names(codecs, only)}.`)
  const pivot = only[0] ?? able[0]
  if (pivot === undefined) throw new MetadataError('', 'codecs', 'no codec turns the array into bytes.')
  return pivot
}

const names = (codecs: readonly Step[], places: readonly number[]): string =>
  places.map((i) => codecs[i]!.spec.name).join(' and ')

const POSITIONS = {
  bindArrayToArray: 'before the codec that turns the array into bytes',
  bindArrayToBytes: 'as the codec that turns the array into bytes',
  bindBytesToBytes: 'behind the codec that turns the array into bytes',
} as const

function bindOne<K extends keyof typeof POSITIONS, T>(
  { spec, definition }: Step,
  how: K,
  bind: (binder: NonNullable<CodecDefinition[K]>, configuration: Configuration) => T,
): T {
  const binder = definition[how]
  if (!binder) throw new MetadataError('', 'codecs', `${spec.name} cannot stand ${POSITIONS[how]}.`)
  const configuration = new Configuration(spec.name, spec.configuration)
  const bound = bind(binder, configuration)
  if (!definition.selfDescribing) configuration.refuseUnread()
  return bound
}

/** Bytes that no one else holds: not the input, a pooled Buffer or memory of the backend. They can be transferred. */
const ownBytes = (stored: Uint8Array, data: Uint8Array): Uint8Array =>
  stored.byteLength === stored.buffer.byteLength && stored.buffer !== data.buffer
    ? stored
    : new Uint8Array(stored)

function checked(data: Uint8Array, { size }: StreamSpec): Uint8Array {
  if (size === undefined || data.length === size) return data
  throw corrupt(`it decodes to ${data.length} bytes where the metadata asks for ${size}`)
}

function inputChunk(spec: PipelineSpec, data: Uint8Array, offsets: Uint32Array | undefined): DecodedChunk {
  const items = product(spec.shape)
  const size = itemSize(spec.dtype)
  const fits =
    size === null
      ? offsets?.length === items + 1 && offsets[items] === data.length
      : data.length === items * size
  if (!fits) throw new UsageError(`A chunk of ${items} items cannot be encoded from ${data.length} bytes.`)
  return { ...packed(spec, data), ...(offsets && { offsets }) }
}
