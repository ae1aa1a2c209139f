import { formatBytes } from '@shared/byte-text'
import type { Advice } from '@shared/model/trials'
import { figure } from '@shared/trials/figure'
import type { Case, Finding } from './finding'
import { itemsBytes } from '../nodes/copying/copy-control'
import { MANY_FILES, RULE_BYTES } from './shapes'

/** Sizes off the rule by this factor are worth a word. */
const FAR = 8

export const smallChunks: Finding = (found) => {
  const row = found.trials.rows[0]!
  if (row.chunkBytes * FAR >= RULE_BYTES || found.array.layout.nchunks < 16n) return undefined
  return {
    id: 'small-chunks',
    title: 'Chunks are far below 1 MiB',
    evidence: `A chunk holds ${formatBytes(row.chunkBytes)}, and there are ${found.array.layout.nchunks.toLocaleString('en')} of them: finding each costs more than reading it.`,
    action: chunksAction(found),
  }
}

export const largeChunks: Finding = (found) => {
  const row = found.trials.rows[0]!
  if (row.chunkBytes <= 64 * RULE_BYTES) return undefined
  return {
    id: 'large-chunks',
    title: 'Chunks are far above 1 MiB',
    evidence: `A chunk holds ${formatBytes(row.chunkBytes)}; all of it is decoded for a single item.`,
    action: chunksAction(found),
  }
}

/** Chunks that are thin in the direction of a usual access. */
export const flatChunks: Finding = (found) => {
  const { trials } = found
  const { suggestion } = trials
  const better = trials.rows.find((row) => row.suggestedWhy !== undefined && !row.present)
  if (!better || !suggestion) return undefined
  const { dtype, shape } = found.array
  const whole = itemsBytes({ dtype, shape })
  const [worst] = trials.rows[0]!.patterns.map((cost, i) => ({ cost, then: better.patterns[i]! }))
    .filter(
      ({ cost, then }) =>
        // What reads everything touches many chunks only because they are small, which is another finding.
        cost.wantedBytes < whole &&
        (cost.rawBytes >= FAR * then.rawBytes || cost.touched >= 4 * FAR * then.touched),
    )
    .sort((a, b) => b.cost.rawBytes / b.then.rawBytes - a.cost.rawBytes / a.then.rawBytes)
  if (!worst) return undefined
  const { cost, then } = worst
  return {
    id: 'flat-chunks',
    title: `Chunks are the wrong way round for a ${cost.name}`,
    evidence: `A ${cost.name} touches ${figure(cost.touched)} ${cost.touched === 1 ? 'chunk' : 'chunks'} and decodes ${formatBytes(cost.rawBytes)}; with chunks of (${better.chunks.join(', ')}) it would be ${figure(then.touched)} and ${formatBytes(then.rawBytes)}.`,
    action: chunksAction(found),
  }
}

export const manyFiles: Finding = (found) => {
  const { files, chunks, shards } = found.trials.rows[0]!
  if (files <= MANY_FILES) return undefined
  const sharded = found.trials.rows.find((row) => row.shards !== null && !row.present)
  const format = found.array.metadata.zarrFormat
  const rest =
    format === 3
      ? sharded
        ? ` Shards of (${sharded.shards!.join(', ')}) would make ${sharded.files.toLocaleString('en')} of them.`
        : ''
      : ' Shards would make few of them; they need format 3.'
  return {
    id: 'many-files',
    title: 'Very many files',
    evidence: `The full array is ${files.toLocaleString('en')} files, which is slow to list, copy and delete.${rest}`,
    action: { kind: 'chunks', chunks: sharded?.chunks ?? chunks, shards: sharded?.shards ?? shards },
  }
}

const chunksAction = ({ trials, array }: Case): Advice['action'] => ({
  kind: 'chunks',
  chunks: trials.suggestion?.chunks ?? array.shape.map((length) => Math.max(1, length)),
  shards: trials.suggestion?.shards ?? null,
})
