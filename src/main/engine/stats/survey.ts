/** What decoding has found about a chunk. */
export const FOUND = { nothing: 0, values: 1, fillOnly: 2, corrupt: 3 } as const
export type Found = (typeof FOUND)[keyof typeof FOUND]

/** Corrupt chunks whose reasons are kept. */
const MAX_REASONS = 1000

/** What decoding has found about the chunks of a scan, by their place in it; memory grows with the stored chunks. */
export class Survey {
  readonly states: Uint8Array
  /** Least and greatest number; NaN where there is none. */
  readonly min: Float64Array
  readonly max: Float64Array
  /** Why chunks are corrupt, by place. */
  readonly reasons = new Map<number, string>()
  readonly counts = { checked: 0, fillOnly: 0, corrupt: 0 }
  readonly bytes = { fillOnly: 0, corrupt: 0 }

  constructor(chunks: number) {
    this.states = new Uint8Array(chunks)
    this.min = new Float64Array(chunks).fill(NaN)
    this.max = new Float64Array(chunks).fill(NaN)
  }

  /** Notes what was found about a chunk that nothing was known of. */
  add(index: number, found: { state: Found; size: number; min?: number; max?: number; why?: string }): void {
    const { state, size, min = NaN, max = NaN, why } = found
    this.states[index] = state
    this.min[index] = min
    this.max[index] = max
    this.counts.checked++
    if (state === FOUND.fillOnly) {
      this.counts.fillOnly++
      this.bytes.fillOnly += size
    }
    if (state !== FOUND.corrupt) return
    this.counts.corrupt++
    this.bytes.corrupt += size
    if (why !== undefined && this.reasons.size < MAX_REASONS) this.reasons.set(index, why)
  }
}
