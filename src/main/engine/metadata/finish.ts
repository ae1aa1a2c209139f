import { MetadataError } from '@shared/errors'
import type { ArrayMetadata } from './array-metadata'
import type { ParseOptions } from './parse-options'
import type { Problems } from './problem'

/** The last step of every format: the codecs are tried on a chunk, and the first problem is kept with the array. */
export function finish(array: ArrayMetadata, problems: Problems, options: ParseOptions): ArrayMetadata {
  const { dtype, grid, fill, codecs } = array
  if (problems.first === undefined && dtype !== null) {
    const shape = grid.kind === 'regular' ? grid.shape : grid.edges.map((edges) => edges[0] ?? 1)
    const found = options.checkPipeline?.({ dtype, shape, fill, codecs })
    if (found !== undefined)
      problems.add(found instanceof MetadataError && found.field === '' ? inCodecs(found) : found)
  }
  return problems.first === undefined ? array : { ...array, problem: problems.first }
}

const inCodecs = (error: MetadataError): MetadataError =>
  new MetadataError(error.key, 'codecs', error.why, { cause: error })
