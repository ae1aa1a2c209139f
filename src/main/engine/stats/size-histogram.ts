import type { SizeHistogram } from '@shared/model/node'

/** Fine bins per power of two: bytes below 2048 have one each, larger sizes are told apart to a thousandth. */
const FINE = 1024
const FINE_BITS = 10
/** Bars that are shown at most. */
const BARS = 24
/** From this spread on the bars are spaced by ratio. */
const WIDE = 100

/** Counts sizes of any range in little memory, so that bars can be drawn whose edges and counts are exact. */
export class SizeCounts {
  private readonly octaves = new Map<number, Float64Array>()
  private min = Infinity
  private max = 0
  /** The octave of the size before: neighbours mostly share it. */
  private last = { octave: -1, counts: new Float64Array() as Float64Array }

  /** Empty values count as one byte. */
  add(bytes: number): void {
    const size = Math.max(1, bytes)
    const octave = octaveOf(size)
    if (octave !== this.last.octave) this.last = { octave, counts: this.countsOf(octave) }
    this.last.counts[fineBin(size, octave)]! += 1
    if (size < this.min) this.min = size
    if (size > this.max) this.max = size
  }

  /** Null where nothing was counted. A bar counts sizes from its edge to below the next one; the last holds the largest. */
  histogram(): SizeHistogram | null {
    const { min, max } = this
    if (max === 0) return null
    if (min === max) return { edges: [min, max], counts: [this.total()], log: false }
    const log = max / min > WIDE
    const wanted = (i: number): number =>
      log ? min * (max / min) ** (i / BARS) : min + ((max - min) * i) / BARS
    const edges = [min]
    for (let i = 1; i < BARS; i++) {
      const edge = fineEdge(wanted(i))
      if (edge > edges.at(-1)! && edge < max) edges.push(edge)
    }
    return { edges: [...edges, max], counts: this.countsFrom(edges), log }
  }

  private countsOf(octave: number): Float64Array {
    let counts = this.octaves.get(octave)
    if (!counts) this.octaves.set(octave, (counts = new Float64Array(FINE)))
    return counts
  }

  private countsFrom(edges: readonly number[]): number[] {
    const bars = edges.map(() => 0)
    for (const [octave, counts] of this.octaves) {
      counts.forEach((count, i) => {
        if (count === 0) return
        // The least size may lie inside the first fine bin.
        const size = Math.max(this.min, 2 ** octave * (1 + i / FINE))
        bars[edges.findLastIndex((edge) => edge <= size)]! += count
      })
    }
    return bars
  }

  private total(): number {
    let sum = 0
    for (const counts of this.octaves.values()) for (const count of counts) sum += count
    return sum
  }
}

/** The exponent of the greatest power of two that is no more than the size. */
const octaveOf = (size: number): number =>
  size < 2 ** 31 ? 31 - Math.clz32(size) : 31 + (31 - Math.clz32(Math.floor(size / 2 ** 31)))

/** The fine bin of a size in its octave; by shifts where they can tell, as millions are counted. */
function fineBin(size: number, octave: number): number {
  if (octave > 30) return Math.floor((size / 2 ** octave - 1) * FINE)
  return (octave < FINE_BITS ? size << (FINE_BITS - octave) : size >>> (octave - FINE_BITS)) & (FINE - 1)
}

/** The start of the fine bin that a size lies in, rounded up to a whole byte. */
function fineEdge(size: number): number {
  const octave = octaveOf(size)
  return Math.ceil(2 ** octave * (1 + Math.floor((size / 2 ** octave - 1) * FINE) / FINE))
}
