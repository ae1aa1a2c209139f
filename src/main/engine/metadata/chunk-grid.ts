import { LimitError, MetadataError, UnsupportedError } from '@shared/errors'
import { jsonInteger } from '@shared/json/access'
import type { JsonValue } from '@shared/json/value'
import type { ChunkGridSpec } from './array-metadata'
import { lengths, required, shown, type MetadataDocument } from './document'
import { parseExtension } from './extension'
import type { Problems } from './problem'

/** Most chunk lengths that are kept for one array. */
const MAX_EDGES = 4 * 1024 * 1024
const FIELD = 'chunk_grid.configuration'

/**
 * The chunk grid of a format 3 array. An unknown one becomes a problem and stands in as one chunk of everything.
 * Throws MetadataError for a known grid that does not fit the array.
 */
export function readChunkGrid(
  document: MetadataDocument,
  shape: number[],
  problems: Problems,
): ChunkGridSpec {
  const { name, configuration } = parseExtension(required(document, 'chunk_grid'), 'chunk_grid')
  if (name === 'regular') {
    const chunks = configuration.get('chunk_shape')
    if (chunks === undefined) throw new MetadataError('', `${FIELD}.chunk_shape`, 'the field is missing.')
    return { kind: 'regular', shape: lengths(document, `${FIELD}.chunk_shape`, chunks, 1, shape.length) }
  }
  try {
    if (name === 'rectilinear') return rectilinear(configuration, shape)
    throw new UnsupportedError('chunk grid', name)
  } catch (error) {
    if (!(error instanceof UnsupportedError) && !(error instanceof LimitError)) throw error
    problems.add(error)
    return { kind: 'regular', shape: shape.map((length) => Math.max(1, length)) }
  }
}

function rectilinear(configuration: Map<string, JsonValue>, shape: number[]): ChunkGridSpec {
  const kind = configuration.get('kind')
  if (kind !== 'inline')
    throw new UnsupportedError('chunk grid', `rectilinear of kind ${shown(kind ?? null)}`)
  const axes = configuration.get('chunk_shapes')
  if (!Array.isArray(axes) || axes.length !== shape.length) {
    throw new MetadataError(
      '',
      `${FIELD}.chunk_shapes`,
      `it must list the chunks of each of ${shape.length} dimensions.`,
    )
  }
  const plain = axes.map((axis) => jsonInteger(axis) ?? 0)
  if (plain.every((length) => length > 0)) return { kind: 'regular', shape: plain }
  let left = MAX_EDGES
  const edges = axes.map((axis, k) => {
    const own = axisEdges(axis, shape[k]!, `${FIELD}.chunk_shapes[${k}]`, left)
    left -= own.length
    return own
  })
  return { kind: 'rectilinear', edges }
}

/** Chunk lengths of one dimension: an integer repeats, lists hold lengths and `[length, count]` runs. */
function axisEdges(json: JsonValue, length: number, field: string, most: number): number[] {
  const fail = (why: string): never => {
    throw new MetadataError('', field, why)
  }
  const edges: number[] = []
  const push = (edge: JsonValue | undefined, count: number): void => {
    const size = jsonInteger(edge) ?? 0
    if (size < 1) fail(`it holds ${shown(edge ?? null)}; chunk lengths are whole numbers from 1.`)
    if (edges.length + count > most) {
      throw new LimitError(`The number of chunks in ${field}`, edges.length + count, most)
    }
    for (let i = 0; i < count; i++) edges.push(size)
  }
  if (!Array.isArray(json)) push(json, Math.ceil(length / Math.max(1, jsonInteger(json) ?? 1)))
  else {
    for (const entry of json) {
      if (!Array.isArray(entry)) push(entry, 1)
      else if (entry.length === 2 && (jsonInteger(entry[1]) ?? 0) >= 1) push(entry[0], jsonInteger(entry[1])!)
      else fail(`it holds ${shown(entry)}; a run is a length and a count from 1.`)
    }
  }
  const covered = edges.reduce((sum, edge) => sum + BigInt(edge), 0n)
  if (covered < BigInt(length)) fail(`its chunks cover ${covered} items of a dimension of ${length}.`)
  return edges
}
