import { stringifyJson } from '@shared/json/stringify'
import { toJsonValue } from '@shared/json/access'
import { humanSize } from '@engine/nodes/human-size'
import { listChunks, type ChunkList } from '@engine/stats/list-chunks'
import { defineCommand } from './command'
import type { Io } from './io'
import { progress } from './progress'
import { withArray } from './target'

/** Rows written in one go. */
const ROWS = 4096

export const command = defineCommand({
  name: 'chunks',
  usage: 'ARRAY',
  summary: 'list the stored chunks of an array',
  details: ['Of sharded arrays the inner chunks, each with the key of its shard.'],
  positional: [1, 1],
  options: {
    json: { kind: 'boolean', help: 'one JSON document' },
    missing: { kind: 'boolean', help: 'list the chunks that are not stored instead' },
  },
  async run(context) {
    const { options, io } = context
    return withArray(context, context.positional[0]!, async (array) => {
      const bar = progress(io, 'listing')
      const chunks = await listChunks(array, { signal: io.signal, onBatch: () => bar.update(0, 0) })
      bar.end()
      const rows = options.missing ? chunks.missing() : chunks.stored()
      await (options.json ? writeJson(io, chunks, rows) : writeText(io, chunks, rows))
      return 0
    })
  },
})

type Row = { coords: number[]; key: string; nbytesStored?: number }

async function writeJson(io: Io, chunks: ChunkList, rows: Iterable<Row>): Promise<void> {
  await io.out('{"chunks": [')
  let first = true
  for (const batch of batches(rows)) {
    const texts = batch.map((row) => stringifyJson(toJsonValue(row), { separators: 'spaced' }))
    await io.out(`${first ? '' : ','}\n  ${texts.join(',\n  ')}`)
    first = false
  }
  await io.out(
    `${first ? '' : '\n'}], "initialized": ${chunks.length}, "nchunks": ${chunks.nchunks.toString()}}\n`,
  )
}

async function writeText(io: Io, chunks: ChunkList, rows: Iterable<Row>): Promise<void> {
  let bytes = 0
  for (const batch of batches(rows)) {
    for (const { nbytesStored = 0 } of batch) bytes += nbytesStored
    const lines = batch.map(({ coords, key, nbytesStored }) => {
      const size = nbytesStored === undefined ? 'missing' : String(nbytesStored)
      return `(${coords.join(', ')})\t${key}\t${size}\n`
    })
    await io.out(lines.join(''))
  }
  await io.out(
    `initialized: ${chunks.length}/${chunks.nchunks.toString()}; listed bytes: ${humanSize(bytes)}\n`,
  )
}

function* batches(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = []
  for (const row of rows) {
    if (batch.push(row) < ROWS) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
