import { toJsonValue } from '@shared/json/access'
import type { JsonObject } from '@shared/json/value'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { CodecBackend } from '../codec-backend'
import type { CodecPipeline } from '../codec-pipeline'
import { canonical } from '../layout'
import { bindPipeline } from '../pipeline'
import type { CodecSpec, PipelineSpec } from '../pipeline-spec'

/** Seed of every property test here. */
export const SEED = 271828

/** A codec from a plain object. */
export const codec = (name: string, configuration: object = {}): CodecSpec => ({
  name,
  configuration: toJsonValue(configuration) as JsonObject,
})

export const LITTLE = codec('bytes', { endian: 'little' })
export const UINT8: DataTypeSpec = { kind: 'uint', bits: 8 }
export const INT32: DataTypeSpec = { kind: 'int', bits: 32 }
export const FLOAT64: DataTypeSpec = { kind: 'float', format: 'float64' }

/** A bound pipeline; little-endian 32-bit integers unless told otherwise. */
export function pipeline(
  spec: Partial<PipelineSpec> & Pick<PipelineSpec, 'codecs'>,
  backend?: CodecBackend,
): CodecPipeline {
  return bindPipeline({ dtype: INT32, shape: [4], fill: null, ...spec }, backend)
}

/** What a stored chunk decodes to: canonical bytes and, for variable-length items, their offsets, as plain lists. */
export function decoded(bound: CodecPipeline, stored: Uint8Array): { data: number[]; offsets?: number[] } {
  const { data, offsets } = canonical(bound.decode(stored))
  return { data: [...data], ...(offsets && { offsets: [...offsets] }) }
}

/** Bytes of 32-bit integers. */
export const ints = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer)
