import { ZarrscopeError } from '@shared/errors'
import { threadBackend } from './backends/thread-backend'
import { decoding } from './corrupt'
import type { DecodedChunk } from './decoded-chunk'
import { bindSteps } from './pipeline'
import type { PipelineSpec } from './pipeline-spec'

/** One step of encoding, and the bytes that it gives. */
export interface StepSize {
  /** Name of the codec; "items" for the decoded chunk. */
  name: string
  /** Null where a later step could not be undone. */
  bytes: number | null
  /** Undoing this step failed. */
  failed?: true
}

/**
 * Undoes a chain of codecs step by step: the bytes after each step of encoding, in that order. A step that cannot be
 * undone is marked and ends it; why is what decoding the chunk throws. Throws UnsupportedError, MetadataError.
 */
export function decodeSteps(spec: PipelineSpec, stored: Uint8Array): StepSize[] {
  const { arrays, serializer, streams } = bindSteps(spec, threadBackend())
  const codecs = spec.codecs.map(({ name }) => name)
  const sizes: StepSize[] = ['items', ...codecs].map((name) => ({ name, bytes: null }))
  let at = sizes.length - 1
  sizes[at]!.bytes = stored.length
  const undo = <T>(decode: () => T, bytesOf: (result: T) => number): T | undefined => {
    try {
      const result = decoding(decode)
      sizes[--at]!.bytes = bytesOf(result)
      return result
    } catch (thrown) {
      if (!(thrown instanceof ZarrscopeError)) throw thrown
      sizes[at]!.failed = true
      return undefined
    }
  }
  const lengthOf = ({ data }: DecodedChunk): number => data.length
  let bytes: Uint8Array | undefined = stored
  for (const { codec } of [...streams].reverse()) {
    const before: Uint8Array = bytes
    bytes = undo(
      () => codec.decode(before),
      (result) => result.length,
    )
    if (!bytes) return sizes
  }
  const serialized = bytes
  let chunk = undo(() => serializer.decode(serialized), lengthOf)
  for (const codec of [...arrays].reverse()) {
    if (!chunk) return sizes
    const before = chunk
    chunk = undo(() => codec.decode(before), lengthOf)
  }
  return sizes
}
