import { formatBytes } from '@shared/byte-text'
import type { ZarrFormat } from '@shared/model/node'
import type { ChunkRow, ChunkTrials } from '@shared/model/trials'
import { figure } from '@shared/trials/figure'
import { layoutScore, MANY_FILES, RULE_BYTES } from './shapes'

/** Less gain than this is no reason to rewrite an array. */
const WORTH_IT = 1.15

/** The layout to take and why, in words; the present one where no other is clearly better. */
export function suggestLayout(rows: readonly ChunkRow[], format: ZarrFormat): ChunkTrials['suggestion'] {
  const present = rows.find((row) => row.present)
  const [first] = rows
  if (!first || first.chunks.length === 0 || first.files === 0) return null
  const best = rows.reduce((a, b) => (total(b) < total(a) ? b : a))
  if (present && total(present) <= total(best) * WORTH_IT)
    return {
      chunks: present.chunks,
      shards: present.shards,
      ...(present.varied && { varied: true }),
      reason: `The present layout is good, no other shape is clearly better. ${comparison(present, undefined)}.`,
    }
  const { chunks, shards } = best
  return { chunks, shards, reason: `${comparison(best, present)}.${advice(best, format)}` }
}

/** Many files are a burden of their own. */
const total = (row: ChunkRow): number =>
  layoutScore(row) * (1 + 0.3 * Math.max(0, Math.log10(row.files / MANY_FILES)))

/** What a layout costs, against what the present one does. */
function comparison(row: ChunkRow, now: ChunkRow | undefined): string {
  const { chunks, shards, chunkBytes, files } = row
  const of = row.varied ? 'of several sizes (rectilinear)' : `of (${chunks.join(', ')})`
  const shape = `chunks ${of}${shards ? ` in shards of (${shards.join(', ')})` : ''}`
  const size = `${shape} hold ${formatBytes(chunkBytes)} ${row.varied ? 'on average' : 'each'}${instead(formatBytes(chunkBytes), now && formatBytes(now.chunkBytes))} (${ruleWords(chunkBytes)})`
  const reads = row.patterns
    .map((cost, i) => ({ cost, before: now?.patterns[i] }))
    .filter(({ cost }) => cost.wantedBytes > 0)
    .map(({ cost, before }) => {
      const touched = figure(cost.touched)
      const factor = `${figure(cost.amplification)}×`
      return `${cost.name} touches ${touched} chunk${touched === '1' ? '' : 's'}${instead(touched, before && figure(before.touched))} and decodes ${factor} what it needs${instead(factor, before && `${figure(before.amplification)}×`)}`
    })
  const count = files.toLocaleString('en')
  const full = `${count} file${files === 1 ? '' : 's'} when full${instead(count, now?.files.toLocaleString('en'))}`
  return capital([size, ...reads, full].join('; '))
}

const instead = (value: string, before: string | undefined): string =>
  before === undefined || before === value ? '' : ` instead of ${before}`

function ruleWords(bytes: number): string {
  if (bytes < RULE_BYTES / 4) return 'below the rule of about 1 MiB'
  return bytes > RULE_BYTES * 16 ? 'above the rule of about 1 MiB' : 'the rule is about 1 MiB'
}

function advice({ files, shards }: ChunkRow, format: ZarrFormat): string {
  if (shards) return ' Shards keep the number of files small while single chunks can still be read.'
  if (files <= MANY_FILES) return ''
  return format === 3
    ? ' Shards would make fewer files of it.'
    : ' Shards would make fewer files of it; they need format 3.'
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
