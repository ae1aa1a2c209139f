import type { PipelineSpec } from '../codecs/pipeline-spec'

/** Stored chunks of one shape have one pipeline, and make one job. */
export function sameShape<T extends { pipeline: PipelineSpec }>(batch: readonly T[]): Iterable<T[]> {
  const groups = new Map<string, T[]>()
  for (const wanted of batch) {
    const shape = wanted.pipeline.shape.join()
    const group = groups.get(shape)
    if (group) group.push(wanted)
    else groups.set(shape, [wanted])
  }
  return groups.values()
}
