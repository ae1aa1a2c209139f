import type { ChunkMap } from '@shared/model/chunk-map'
import type { StorageCount } from '@shared/model/node'
import { position, type Rgb, type Scale, scaleOf, signedScale, viridis } from './color-scale'

export type ColorMode = 'state' | 'bytes' | 'ratio' | 'min' | 'max' | 'modified'
/** How a cell over several chunks shows its state: the share that is stored, or all-or-nothing. */
export type Projection = 'mean' | 'any' | 'all'

/**
 * The scale of a mode, the same at every zoom: from the sizes of all chunks where they have been counted, otherwise
 * from the cells of the map. Null in mode "state" and where nothing has a value.
 */
export function mapScale(
  map: ChunkMap,
  mode: ColorMode,
  rawBytes: number,
  sizes?: StorageCount['sizes'],
): Scale | null {
  if (mode === 'state') return null
  const [least, most] = [sizes?.edges[0], sizes?.edges.at(-1)]
  if (least && most && mode === 'bytes') return scaleOf([least, most])
  if (least && most && mode === 'ratio' && !map.raw) return scaleOf([rawBytes / most, rawBytes / least])
  const values = valuesOf(map, mode, rawBytes)
  return mode === 'bytes' || mode === 'ratio' ? scaleOf(values) : signedScale(values)
}

function* valuesOf(map: ChunkMap, mode: ColorMode, rawBytes: number): Generator<number> {
  const count = map.rows * map.columns
  for (let i = 0; i < count; i++) yield cellValue(map, i, mode, rawBytes)
}

/** The value of a cell in a mode: bytes and ratio per stored chunk, the measure otherwise; NaN where there is none. */
function cellValue(map: ChunkMap, index: number, mode: ColorMode, rawBytes: number): number {
  const initialized = map.initialized[index] ?? 0
  if (mode === 'state' || initialized === 0) return NaN
  if (mode !== 'bytes' && mode !== 'ratio') return map.measured?.[index] ?? NaN
  const bytes = map.bytes[index] ?? 0
  if (bytes === 0) return NaN
  return mode === 'bytes' ? bytes / initialized : (map.raw?.[index] ?? rawBytes * initialized) / bytes
}

const FAINTEST = 0.3

/** How visible the stored part of a cell is, 0 (missing) to 1. */
export function storedShare(initialized: number, total: number, projection: Projection): number {
  if (initialized === 0 || total === 0) return 0
  if (projection === 'any') return 1
  if (projection === 'all') return initialized >= total ? 1 : 0
  // A single stored chunk among many must not vanish.
  return FAINTEST + (1 - FAINTEST) * Math.min(1, initialized / total)
}

/** Colours of the states of a chunk. */
export interface StateColors {
  stored: Rgb
  fillOnly: Rgb
  edited: Rgb
  corrupt: Rgb
  /** Stored, but the value that is shown is not known. */
  unknown: Rgb
}

export interface PixelOptions {
  mode: ColorMode
  /** Of the whole map, so that its parts agree; null in mode "state". */
  scale: Scale | null
  projection: Projection
  rawBytes: number
  colors: StateColors
}

/** Pixels of the map, one per cell, RGBA; missing is transparent, so that the hatching below shows. */
export function mapPixels(map: ChunkMap, options: PixelOptions & { pixels: Uint8ClampedArray }): void {
  const { mode, projection, pixels } = options
  const count = map.rows * map.columns
  for (let i = 0; i < count; i++) {
    const share = storedShare(map.initialized[i] ?? 0, map.total[i] ?? 0, projection)
    const edited = map.findings?.edited[i] ?? 0
    const [r, g, b] = mode === 'state' ? stateColor(map, i, options.colors) : valueColor(map, i, options)
    pixels[4 * i] = r
    pixels[4 * i + 1] = g
    pixels[4 * i + 2] = b
    // A chunk that an edit deletes is stored still.
    pixels[4 * i + 3] = Math.round(255 * (mode === 'state' && edited > 0 ? Math.max(0.6, share) : share))
  }
}

function stateColor(map: ChunkMap, i: number, colors: StateColors): Rgb {
  const { findings } = map
  if (!findings) return colors.stored
  if ((findings.corrupt[i] ?? 0) > 0) return colors.corrupt
  if ((findings.edited[i] ?? 0) > 0) return colors.edited
  const share = (findings.fillOnly[i] ?? 0) / (map.initialized[i] || 1)
  if (share === 0) return colors.stored
  const mix = (k: 0 | 1 | 2): number =>
    Math.round(colors.stored[k] + (colors.fillOnly[k] - colors.stored[k]) * Math.min(1, share))
  return [mix(0), mix(1), mix(2)]
}

function valueColor(map: ChunkMap, i: number, { mode, scale, rawBytes, colors }: PixelOptions): Rgb {
  const value = cellValue(map, i, mode, rawBytes)
  return scale && !Number.isNaN(value) ? viridis(position(value, scale)) : colors.unknown
}
