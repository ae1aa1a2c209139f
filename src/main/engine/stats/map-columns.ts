import type { ChunkFindings, ChunkMap, ChunkMeasure } from '@shared/model/chunk-map'
import type { ArrayScan } from './array-scan'
import type { ChunkBins } from './chunk-bins'
import { FOUND } from './survey'

/** What a chunk map says of its cells, gathered chunk by chunk. */
export class MapColumns {
  private readonly bins: ChunkBins
  private readonly measure: ChunkMeasure | undefined
  private readonly initialized: Float64Array
  private readonly bytes: Float64Array
  private readonly measured: Float64Array | undefined
  private readonly raw: Float64Array | undefined
  private readonly rawOf: ((coords: ArrayLike<number>) => number | null) | undefined
  private findings: ChunkFindings<Uint32Array> | undefined
  private chunks = 0
  private edited = 0

  /** @param rawOf decoded bytes of a chunk, where chunks are of several sizes */
  constructor(
    bins: ChunkBins,
    measure: ChunkMeasure | undefined,
    rawOf?: (coords: ArrayLike<number>) => number | null,
  ) {
    this.bins = bins
    this.measure = measure
    this.rawOf = rawOf
    if (rawOf) this.raw = new Float64Array(bins.cells)
    this.initialized = new Float64Array(bins.cells)
    this.bytes = new Float64Array(bins.cells)
    if (measure) this.measured = new Float64Array(bins.cells).fill(NaN)
  }

  /** Takes chunks as a scan finds them. */
  add(scan: ArrayScan, from: number, to: number): void {
    const times = this.measure === 'modified' ? this.measured : undefined
    scan.chunks.each(from, to, (coords, size, modified) => {
      this.chunks++
      const cell = this.bins.cellOf(coords)
      if (cell < 0) return
      this.initialized[cell]! += 1
      this.bytes[cell]! += size
      if (this.raw) this.raw[cell]! += this.rawOf?.(coords) ?? 0
      if (times && !Number.isNaN(modified) && !(times[cell]! >= modified)) times[cell] = modified
    })
  }

  /** Takes chunks that have staged edits, or are deleted by one. */
  addEdited(chunks: Iterable<ArrayLike<number>>): void {
    for (const coords of chunks) {
      this.edited++
      const cell = this.bins.cellOf(coords)
      if (cell >= 0) this.found().edited[cell]! += 1
    }
  }

  /** Takes what decoding has found, once the scan is at its end. */
  addSurvey({ survey, chunks }: ArrayScan): void {
    if (!survey) return
    const findings = this.found()
    chunks.each(0, Math.min(chunks.count, survey.states.length), (coords, _size, _modified, i) => {
      const state = survey.states[i]
      if (state === FOUND.nothing) return
      const cell = this.bins.cellOf(coords)
      if (cell < 0) return
      if (state === FOUND.fillOnly) findings.fillOnly[cell]! += 1
      if (state === FOUND.corrupt) findings.corrupt[cell]! += 1
      this.addValues(cell, survey.min[i]!, survey.max[i]!)
    })
  }

  /** The columns; copies where more is still to come. */
  cells(
    isPart: boolean,
  ): Pick<ChunkMap, 'initialized' | 'bytes'> & Partial<Pick<ChunkMap, 'raw' | 'measured' | 'findings'>> {
    const given = (values: Float64Array): Float64Array => (isPart ? values.slice() : values)
    return {
      initialized: given(this.initialized),
      bytes: given(this.bytes),
      ...(this.raw ? { raw: given(this.raw) } : {}),
      ...(this.measured ? { measured: given(this.measured) } : {}),
      ...(this.findings ? { findings: this.findings } : {}),
    }
  }

  sum({ stored, others, survey }: ArrayScan): Omit<ChunkMap['sum'], 'nchunks'> {
    const { checked = 0, fillOnly = 0, corrupt = 0 } = survey?.counts ?? {}
    return {
      initialized: this.chunks,
      nbytesStored: stored.bytes + others.bytes,
      checked,
      fillOnly,
      corrupt,
      edited: this.edited,
    }
  }

  private found(): ChunkFindings<Uint32Array> {
    const { cells } = this.bins
    return (this.findings ??= {
      fillOnly: new Uint32Array(cells),
      corrupt: new Uint32Array(cells),
      edited: new Uint32Array(cells),
    })
  }

  private addValues(cell: number, min: number, max: number): void {
    const { measured } = this
    if (!measured || Number.isNaN(min)) return
    if (this.measure === 'min' && !(measured[cell]! <= min)) measured[cell] = min
    if (this.measure === 'max' && !(measured[cell]! >= max)) measured[cell] = max
  }
}
