import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { describeArray } from '../metadata/describe'
import type { ZarrArray } from './array'
import { summarise } from './node-summary'
import type { ZarrNode } from './open'
import { summaryHead } from './summary'

/** Everything about an array that its metadata tells. */
export const arrayDetail = (array: ZarrArray): ArrayDetail =>
  describeArray(array.metadata, summaryHead(array))

/** Everything about a node that its documents tell. */
export function nodeDetail(node: ZarrNode): NodeDetail {
  const { formats, documents, consolidatedDifference } = node.origin
  return {
    ...summarise(node.path, node.metadata),
    formats,
    attributesJson: node.metadata.attributesText,
    documents,
    ...(consolidatedDifference === undefined ? {} : { consolidatedDifference }),
    ...(node.kind === 'array' ? { array: arrayDetail(node) } : {}),
  }
}
