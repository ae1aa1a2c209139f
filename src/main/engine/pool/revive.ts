import { JsonFloat, type JsonObject, type JsonValue } from '@shared/json/value'
import type { PipelineSpec } from '../codecs/pipeline-spec'

/** A job as it was sent: crossing threads keeps Maps and bigints, but leaves of a JsonFloat only its fields. */
export function revived(job: unknown): unknown {
  const { pipeline } = job as { pipeline?: PipelineSpec }
  if (!pipeline) return job
  const codecs = pipeline.codecs.map(({ name, configuration }) => ({
    name,
    configuration: revivedObject(configuration),
  }))
  return { ...(job as object), pipeline: { ...pipeline, codecs } }
}

const revivedObject = (object: JsonObject): JsonObject =>
  new Map([...object].map(([name, value]) => [name, revivedValue(value)]))

function revivedValue(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return revivedObject(value)
  return Array.isArray(value) ? value.map(revivedValue) : new JsonFloat(value.raw)
}
