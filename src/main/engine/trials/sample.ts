import { formatBytes } from '@shared/byte-text'
import { crc32 } from 'node:zlib'
import type { SampleReport, SampleRequest } from '@shared/model/trials'
import { parseChunkKey } from '../chunks/keys'
import type { ZarrArray } from '../nodes/array'
import { gridOf } from '../stats/shown-grid'
import { seededRandom, shuffled } from './random'
import { readSampleChunk, type SampleChunk } from './sample-chunk'
import { spreadCoordinates } from './spread'

export interface Sample {
  report: SampleReport
  chunks: SampleChunk[]
}

export interface TrialOptions {
  signal?: AbortSignal | undefined
}

/** Chunks where none are asked for. */
const CHUNKS = 16
/** Chunks that are tried for each that is wanted, before the store is asked which exist. */
const TRIES = 4
/** Larger chunks are tried in part: a slow codec must not keep a thread for minutes. */
const MOST_PER_CHUNK = 8 * 2 ** 20
/** Keys that are listed to find stored chunks of a sparse array. */
const MOST_LISTED = 20_000

/**
 * Decodes chunks spread over the grid until there are as many as asked for or the budget is used up; missing and
 * corrupt ones are counted and passed over. Only reads. Throws the array's own problem where its data is refused.
 */
export async function takeSample(
  array: ZarrArray,
  request: SampleRequest,
  { signal }: TrialOptions = {},
): Promise<Sample> {
  const { problem } = array.metadata
  if (problem) throw problem
  const taker = new Taker(array, request, signal)
  const { gridShape } = gridOf(array)
  const wanted = request.chunks ?? CHUNKS
  if (gridShape.every((length) => length > 0)) {
    await taker.take(spreadCoordinates(gridShape, wanted * TRIES, request.seed))
    if (taker.wants && taker.missing > 0)
      await taker.take(await storedCoordinates(array, request.seed, signal))
  }
  return taker.sample()
}

class Taker {
  missing = 0
  readonly #array: ZarrArray
  readonly #request: SampleRequest
  readonly #signal: AbortSignal | undefined
  readonly #chunks: SampleChunk[] = []
  readonly #seen = new Set<string>()
  #bytes = 0
  #checksum = 0
  #corrupt: { coords: number[]; why: string }[] = []

  constructor(array: ZarrArray, request: SampleRequest, signal: AbortSignal | undefined) {
    this.#array = array
    this.#request = request
    this.#signal = signal
  }

  /** More chunks are wanted and there is room for one like the last. */
  get wants(): boolean {
    const { chunks = CHUNKS, budgetBytes } = this.#request
    const next = this.#chunks.at(-1)?.data.length ?? 0
    return this.#chunks.length < chunks && (this.#chunks.length === 0 || this.#bytes + next <= budgetBytes)
  }

  async take(coordinates: readonly number[][]): Promise<void> {
    for (const coords of coordinates) {
      if (!this.wants) return
      const name = coords.join()
      if (this.#seen.has(name)) continue
      this.#seen.add(name)
      const most = Math.min(this.#request.budgetBytes, MOST_PER_CHUNK)
      const outcome = await readSampleChunk(this.#array, coords, most, this.#signal)
      if (outcome.state === 'stored') {
        this.#chunks.push(outcome.chunk)
        this.#bytes += outcome.chunk.data.length
        this.#checksum = crc32(outcome.chunk.data, this.#checksum)
      } else if (outcome.state === 'missing') this.missing++
      else this.#corrupt.push({ coords, why: outcome.why ?? '' })
    }
  }

  sample(): Sample {
    const grid = gridOf(this.#array)
    const chunks = this.#chunks
    const [first] = chunks
    const chunkShape = first?.shape ?? grid.gridShape.map((count, k) => this.#declaredLength(k, count))
    return {
      chunks,
      report: {
        coords: chunks.map(({ coords }) => coords),
        nchunks: Number(this.#array.layout.nchunks),
        rawBytes: this.#bytes,
        storedBytes: this.#storedBytes(),
        missing: this.missing,
        corrupt: this.#corrupt.length,
        chunkShape,
        notes: this.#notes(),
        fingerprint: `${chunkShape.join('x')} ${this.#bytes} ${this.#checksum.toString(16)}`,
      },
    }
  }

  /** Of an empty dimension as well, whose grid has no chunk to ask. */
  #declaredLength(k: number, count: number): number {
    const length = count > 0 ? gridOf(this.#array).axes[k]!.size(0) : this.#array.layout.chunks?.[k]
    return Math.max(1, length ?? 1)
  }

  /** Of parts of chunks: their share. */
  #storedBytes(): number | null {
    if (this.#chunks.some(({ storedBytes }) => storedBytes === 0)) return null
    return Math.round(
      this.#chunks.reduce(
        (sum, { storedBytes, data, rawBytes }) =>
          sum + storedBytes * (rawBytes > 0 ? data.length / rawBytes : 1),
        0,
      ),
    )
  }

  #notes(): string[] {
    const { budgetBytes } = this.#request
    const notes: string[] = []
    const [first] = this.#chunks
    const [bad] = this.#corrupt
    const total = this.#array.layout.nchunks
    if (total === 0n) notes.push('The array is empty: it has no chunks to try anything on.')
    else if (!first && this.#corrupt.length === 0)
      notes.push('No chunk of this array is stored: there is nothing to try anything on.')
    if (total === 1n && first) notes.push('The array has one chunk, which is the whole sample.')
    if (bad)
      notes.push(
        `${countOf(this.#corrupt.length, 'chunk')} of the sample cannot be read and ${this.#corrupt.length === 1 ? 'was' : 'were'} left out, such as (${bad.coords.join(', ')}): ${bad.why}`,
      )
    if (this.missing > 0 && first)
      notes.push(
        `${countOf(this.missing, 'chunk')} that the seed drew ${this.missing === 1 ? 'is' : 'are'} not stored.`,
      )
    if (first && first.data.length < first.rawBytes)
      notes.push(
        `A chunk has ${formatBytes(first.rawBytes)}, more than ${budgetBytes < MOST_PER_CHUNK ? `the budget of ${formatBytes(budgetBytes)}` : `the ${formatBytes(MOST_PER_CHUNK)} that one trial takes`}: trials use its first ${formatBytes(first.data.length)}.`,
      )
    return notes
  }
}

const countOf = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** Chunks that the store lists, in a seeded order; with shards one random inner chunk of each. */
async function storedCoordinates(
  array: ZarrArray,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<number[][]> {
  const { metadata, grid } = array
  const shown = gridOf(array)
  const skip = array.path === '' ? 0 : array.path.length + 1
  const random = seededRandom(seed)
  const found: number[][] = []
  for await (const batch of array.store.scan(array.path, signal ? { signal } : {})) {
    for (const { key } of batch) {
      const coords = parseChunkKey(metadata.keyEncoding, key.slice(skip), array.shape.length)
      if (!coords?.every((c, k) => c < grid.gridShape[k]!)) continue
      found.push(
        coords.map((c, k) => {
          const [start, size] = [grid.axes[k]!.start(c), grid.axes[k]!.size(c)]
          const length = Math.min(size, grid.axes[k]!.length - start)
          return shown.axes[k]!.chunkAt(start + Math.floor(random() * length))
        }),
      )
    }
    if (found.length >= MOST_LISTED) break
  }
  return shuffled(found.length, random).map((i) => found[i]!)
}
