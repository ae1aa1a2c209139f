import type { Advice, ChunkTrials, CodecSetting } from '@shared/model/trials'
import type { ZarrArray } from '../nodes/array'
import { bindSetting } from './bind-setting'
import { formatChain } from './chain-text'
import { measureBinding } from './measure-candidate'
import type { Sample } from './sample'

/** What findings are made from. */
export interface Case {
  array: ZarrArray
  sample: Sample
  trials: ChunkTrials
  /** The array's own setting. */
  present: CodecSetting
  signal: AbortSignal | undefined
}

export type Finding = (found: Case) => Advice | undefined | Promise<Advice | undefined>

/** A stored size that is this much smaller is worth a rewrite. */
export const GAIN = 1.1

/** What the sample takes with a setting; undefined where it cannot be used. */
export async function encodedBytes(
  { array, sample, signal }: Pick<Case, 'array' | 'sample' | 'signal'>,
  setting: CodecSetting,
): Promise<number | undefined> {
  const { chunks, report } = sample
  const { pipeline } = bindSetting(array, setting, report.chunkShape)
  if (!pipeline || chunks.length === 0) return undefined
  const options = { candidateMs: 0, signal, all: true }
  return (await measureBinding(array.context.executor, pipeline, chunks, options)).encodedBytes
}

export const codecAction = (array: ZarrArray, setting: CodecSetting): Advice['action'] => ({
  kind: 'codec',
  setting,
  spec: formatChain(setting, array.metadata.order),
})
