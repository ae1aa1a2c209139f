import type { CodecPipeline } from '../codecs/codec-pipeline'
import { bindPipeline } from '../codecs/pipeline'
import type { PipelineSpec } from '../codecs/pipeline-spec'

const known = new WeakMap<PipelineSpec, CodecPipeline>()

/** The pipeline of a job, bound once per thread for as long as its specification is the same object. Throws as `bindPipeline`. */
export function boundPipeline(spec: PipelineSpec): CodecPipeline {
  const before = known.get(spec)
  if (before) return before
  const pipeline = bindPipeline(spec)
  known.set(spec, pipeline)
  return pipeline
}
