import type { ChunkRow, LayoutTrial } from '@shared/model/trials'

/** A candidate with what its trial copy told. */
export interface MeasuredRow extends ChunkRow {
  key: string
  trial?: LayoutTrial
}

/** Names a layout among the rows of one table. */
export const layoutKey = ({
  chunks,
  shards,
}: {
  chunks: readonly number[]
  shards: readonly number[] | null
}): string => `${chunks.join()}/${(shards ?? []).join()}`

/**
 * A row with the figures of its trial copy: bytes read are no estimate any more. A copy of the whole array says what
 * was read; one of a part says how well this layout compresses, which the exact decoded bytes are divided by.
 */
export function withTrial(row: ChunkRow, trial: LayoutTrial | undefined): MeasuredRow {
  const key = layoutKey(row)
  if (!trial || row.refused !== undefined) return { ...row, key }
  const total = trial.patterns.reduce((sum, { weight }) => sum + weight, 0) || 1
  const read = trial.patterns.reduce((sum, { weight, bytesRead }) => sum + weight * bytesRead, 0) / total
  const bytesRead = trial.whole || trial.ratio === 0 ? read : row.rawBytes / trial.ratio
  return { ...row, key, trial, bytesRead, estimated: false, measuredMs: trial.measuredMs }
}

/** How a chunk's decoded bytes stand to the rule of about 1 MiB. */
export function sizeVerdict(bytes: number): 'small' | 'fits' | 'large' {
  if (bytes < RULE / 4) return 'small'
  return bytes > RULE * 16 ? 'large' : 'fits'
}

const RULE = 2 ** 20
