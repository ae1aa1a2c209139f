import type { ChunkRow, CodecRow } from '@shared/model/trials'
import { humanSize } from '@engine/nodes/human-size'
import type { TuneReport } from '@engine/trials/tune'

/** Both tables, what the sample was, and the suggestion, for people. */
export function tuneText({ codecs, chunks, suggestion }: TuneReport): string {
  const { sample } = codecs
  const taken = `sample: ${sample.coords.length} of ${sample.nchunks.toLocaleString('en')} chunks, ${humanSize(sample.rawBytes)}`
  const notes = [...sample.notes, ...chunks.notes].map((note) => `note: ${note}`)
  const { codec, shards, reason } = suggestion
  const chosen = [
    ...(codec === null ? [] : [`codec ${codec}`]),
    `chunks ${chunkText(suggestion)}`,
    ...(shards ? [`shards ${tuple(shards)}`] : []),
  ]
  return [
    taken,
    ...notes,
    '',
    ...table(
      ['', 'codec', 'ratio', 'stored', 'encode MB/s', 'decode MB/s', 'lossless'],
      codecs.rows.map(codecCells),
    ),
    '',
    ...table(
      ['', 'chunks', 'shards', 'touched', 'read', 'amplification', 'files', 'chunk'],
      chunks.rows.map(chunkCells),
    ),
    '',
    '* present   + best trade of ratio and decoding speed   > suggested   ~ estimated',
    `suggestion: ${chosen.join(', ')}`,
    reason,
    '',
  ].join('\n')
}

function codecCells(row: CodecRow): string[] {
  const mark = `${row.present ? '*' : ''}${row.pareto ? '+' : ''}`
  if (row.refused !== undefined) return [mark, row.spec, `refused: ${row.refused}`]
  const lossless =
    row.lossless === null
      ? ''
      : row.lossless
        ? 'yes'
        : `no${row.maxError === undefined ? '' : `, ±${fixed(row.maxError)}`}`
  const stored = row.storedBytes === null ? '' : humanSize(row.storedBytes)
  return [mark, row.spec, fixed(row.ratio), stored, fixed(row.encodeMBps), fixed(row.decodeMBps), lossless]
}

function chunkCells(row: ChunkRow): string[] {
  const mark = `${row.present ? '*' : ''}${row.suggestedWhy === undefined ? '' : '>'}`
  const shards = row.shards ? tuple(row.shards) : ''
  const chunks = chunkText(row)
  if (row.refused !== undefined) return [mark, chunks, `refused: ${row.refused}`]
  return [
    mark,
    chunks,
    shards,
    fixed(row.touched),
    `${row.estimated ? '~' : ''}${humanSize(Math.round(row.bytesRead))}`,
    `${fixed(row.amplification)}×`,
    row.files.toLocaleString('en'),
    humanSize(row.chunkBytes),
  ]
}

/** Columns as wide as what stands in them; a cell that ends its row short does not count. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const full = [head, ...rows.filter(({ length }) => length === head.length)]
  const widths = head.map((_, k) => Math.max(...full.map((cells) => cells[k]!.length)))
  return [head, ...rows].map((cells) =>
    cells
      .map((cell, k) =>
        k < 2 || k === head.length - 1 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** Chunks of several sizes have no one shape to name. */
const chunkText = ({ chunks, varied }: Pick<ChunkRow, 'chunks' | 'varied'>): string =>
  varied ? 'rectilinear' : tuple(chunks)

const tuple = (lengths: readonly number[]): string =>
  `(${lengths.join(', ')}${lengths.length === 1 ? ',' : ''})`

const fixed = (value: number | null): string =>
  value === null
    ? ''
    : value >= 1000
      ? Math.round(value).toLocaleString('en')
      : String(Number(value.toPrecision(3)))
