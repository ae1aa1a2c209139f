import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import type { CandidateFacts } from '@shared/trials/candidate-facts'
import type { TuneStore } from './tune-state'

/** What every part of the laboratory is about. */
export interface LabProps {
  node: NodeDetail
  store: StoreInfo
  array: ArrayDetail
  tune: TuneStore
}

/** What the candidates for the array depend on; an unknown type is taken for opaque bytes. */
export const factsOf = ({ node, array }: Pick<LabProps, 'node' | 'array'>): CandidateFacts => ({
  dtype: array.dtype ?? { kind: 'raw', length: 1 },
  rank: array.shape.length,
  order: array.order,
  zarrFormat: node.zarrFormat,
})
