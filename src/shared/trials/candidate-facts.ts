import type { DataTypeSpec } from '../dtype/spec'
import type { ZarrFormat } from '../model/node'

/** What the candidates for an array depend on. */
export interface CandidateFacts {
  dtype: DataTypeSpec
  rank: number
  order: 'C' | 'F'
  zarrFormat: ZarrFormat
}
