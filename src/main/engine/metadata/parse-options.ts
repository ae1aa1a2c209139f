import type { ZarrscopeError } from '@shared/errors'
import type { PipelineSpec } from '../codecs/pipeline-spec'

export interface ParseOptions {
  /** What binding the codecs to a chunk would throw; its answer becomes the node's problem. */
  checkPipeline?: (spec: PipelineSpec) => ZarrscopeError | undefined
  /** Whether a codec's name says anything to this program; unknown ones may be ignored where they permit it. */
  isKnownCodec?: (name: string) => boolean
}
