import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { chunkGrid, chunkShape, type ChunkGrid, type ChunkGridSpec } from '../chunks/grid'
import { innerGrid, locateInner } from '../chunks/shards'
import type { CodecPipeline } from '../codecs/codec-pipeline'
import { bindPipeline } from '../codecs/pipeline'
import type { CodecSpec, PipelineSpec } from '../codecs/pipeline-spec'

/** What decides where an array's chunks lie and how they are decoded. */
export interface ArrayLayout {
  shape: number[]
  grid: ChunkGridSpec
  dtype: DataTypeSpec
  fill: Uint8Array | null
  codecs: CodecSpec[]
}

/** Where one chunk is stored: the stored chunk, and for an inner chunk its numbers inside, one per nesting level. */
export interface ChunkPlace {
  /** Coordinates of the stored chunk. */
  coords: number[]
  inner?: number[]
  /** How the stored chunk is encoded. */
  pipeline: PipelineSpec
}

/** The chunks of an array that decode on their own: stored chunks, or the inner chunks of shards. */
export class ChunkPlaces {
  readonly grid: ChunkGrid
  /** The chunks as stored: shards, where there are any. */
  readonly stored: ChunkGrid
  /** Tells layouts apart; the same layout object has the same number. */
  readonly number = ++lastNumber
  /** Bytes of an item; null where they vary. */
  readonly itemsize: number | null
  /** The pipeline of a chunk of `grid`; on rectilinear grids that of the first. */
  readonly pipeline: CodecPipeline
  private readonly levels: number[][] = []
  private readonly layout: ArrayLayout
  private readonly regular: PipelineSpec | undefined

  /** Throws UnsupportedError or MetadataError where the codecs cannot be bound. */
  constructor(layout: ArrayLayout) {
    const { grid, shape } = layout
    this.layout = layout
    this.stored = chunkGrid(grid, shape)
    this.itemsize = itemSize(layout.dtype)
    this.regular = grid.kind === 'regular' ? this.specFor(grid.shape) : undefined
    let pipeline = bindPipeline(
      this.regular ?? this.specFor(shape.map((_, k) => this.stored.axes[k]!.size(0))),
    )
    while (pipeline.sharding) {
      this.levels.push(pipeline.sharding.innerShape)
      pipeline = pipeline.sharding.inner
    }
    this.pipeline = pipeline
    this.grid = innerGrid(this.stored, this.levels)
  }

  /** Shape of a chunk of `grid`, full size also at the edge. */
  shapeOf(coords: readonly number[]): number[] {
    return chunkShape(this.grid, coords)
  }

  /** Where the chunk at `coords` of `grid` is stored. */
  place(coords: readonly number[]): ChunkPlace {
    const { shard, inner } = locateInner(this.stored, this.levels, coords)
    const pipeline = this.pipelineAt(shard)
    return this.levels.length > 0 ? { coords: shard, inner, pipeline } : { coords: shard, pipeline }
  }

  /** How the stored chunk at these coordinates of `stored` is encoded. */
  pipelineAt(coords: readonly number[]): PipelineSpec {
    return this.regular ?? this.specFor(chunkShape(this.stored, coords))
  }

  /** Whether these are the chunk places of that layout, part by part the same objects. */
  isFor({ shape, grid, dtype, fill, codecs }: ArrayLayout): boolean {
    const own = this.layout
    return (
      own.shape === shape &&
      own.grid === grid &&
      own.dtype === dtype &&
      own.fill === fill &&
      own.codecs === codecs
    )
  }

  private specFor(shape: number[]): PipelineSpec {
    const { dtype, fill, codecs } = this.layout
    return { dtype, fill, codecs, shape }
  }
}

let lastNumber = 0
const known = new WeakMap<CodecSpec[], ChunkPlaces>()

/** The chunk places of a layout, made once for each set of metadata. */
export function chunkPlaces(layout: ArrayLayout): ChunkPlaces {
  const { shape, grid, dtype, fill, codecs } = layout
  const before = known.get(codecs)
  if (before?.isFor(layout)) return before
  const places = new ChunkPlaces({ shape, grid, dtype, fill, codecs })
  known.set(codecs, places)
  return places
}
