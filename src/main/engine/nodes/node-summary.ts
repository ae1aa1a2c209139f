import type { NodeSummary } from '@shared/model/node'
import type { ArrayMetadata, NodeMetadata } from '../metadata/array-metadata'
import { arrayLayout } from '../metadata/array-layout'
import { nameOf } from '../stores/key'

/** A node's row in the tree. */
export function summarise(path: string, metadata: NodeMetadata): NodeSummary {
  const { kind, zarrFormat, problem, attributes } = metadata
  const names = [...attributes.keys()]
  return {
    path,
    name: nameOf(path),
    kind,
    zarrFormat,
    ...(kind === 'array' ? arrayFacts(metadata) : {}),
    ...(problem ? { unsupported: problem.message } : {}),
    ...(names.length > 0 ? { attributeKeys: names } : {}),
  }
}

function arrayFacts(metadata: ArrayMetadata): Pick<NodeSummary, 'dtype' | 'shape' | 'chunks'> {
  const { chunks } = arrayLayout(metadata)
  return { dtype: metadata.dtypeName, shape: metadata.shape, ...(chunks ? { chunks } : {}) }
}
