import { JsonFloat, type JsonObject, type JsonValue } from '@shared/json/value'
import type { PipelineSpec } from '../codecs/pipeline-spec'

/** A pipeline as it was sent: crossing threads keeps Maps and bigints, but leaves of a JsonFloat only its fields. */
export function revivedPipeline(pipeline: PipelineSpec): PipelineSpec {
  const codecs = pipeline.codecs.map(({ name, configuration }) => ({
    name,
    configuration: revivedObject(configuration),
  }))
  return { ...pipeline, codecs }
}

const revivedObject = (object: JsonObject): JsonObject =>
  new Map([...object].map(([name, value]) => [name, revivedValue(value)]))

function revivedValue(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return revivedObject(value)
  return Array.isArray(value) ? value.map(revivedValue) : new JsonFloat(value.raw)
}
