import type { ItemValue } from '@shared/dtype/data-type'
import { useEffect, useRef, useState } from 'react'
import { colorAt, cssColor, type Rgb } from '../ui/color-maps'
import type { Paint } from './cell-look'
import type { TableModel } from './table-model'
import type { Tile } from './tile'
import type { TileCache } from './tile-cache'

/** Extremes of the numbers seen so far. */
export interface ColorRange {
  low: number
  high: number
}

/** A value as a number on a line; undefined where it has no place there. */
export function numberOf(value: ItemValue): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'number' &&
    typeof value[1] === 'number'
  ) {
    const size = Math.hypot(value[0], value[1])
    return Number.isFinite(size) ? size : undefined
  }
  return undefined
}

/** Paints numbers between two extremes with a colour map; texts on it keep the better of two contrasts. */
export function painter({ low, high }: ColorRange): Paint {
  return (value) => {
    const number = numberOf(value)
    if (number === undefined) return undefined
    const rgb = colorAt('viridis', high > low ? (number - low) / (high - low) : 0.5)
    return { background: cssColor(rgb), color: luminance(rgb) > 0.179 ? '#000' : '#fff' }
  }
}

/** Relative luminance (WCAG 2.2); black and white have the same contrast against 0.179. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const c = channel / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

/** The extremes of every number of the slice that has been on screen, masked ones left out; null before there is one. */
export function useColorRange(
  on: boolean,
  model: TableModel,
  stamp: { cache: TileCache; version: number },
  isMasked: (value: ItemValue) => boolean,
): ColorRange | null {
  const [range, setRange] = useState<ColorRange | null>(null)
  const seen = useRef<{ cache: TileCache; tiles: WeakSet<Tile>; range: ColorRange | null } | null>(null)
  useEffect(() => {
    if (!on || model.fields) return
    const { cache } = stamp
    if (seen.current?.cache !== cache) seen.current = { cache, tiles: new WeakSet(), range: null }
    const known = seen.current
    for (const tile of cache.tiles()) {
      if (known.tiles.has(tile)) continue
      known.tiles.add(tile)
      known.range = widened(known.range, tile, isMasked)
    }
    setRange(known.range)
  }, [on, model, stamp, isMasked])
  return on ? range : null
}

function widened(
  range: ColorRange | null,
  tile: Tile,
  isMasked: (value: ItemValue) => boolean,
): ColorRange | null {
  let [low, high] = [range?.low ?? Infinity, range?.high ?? -Infinity]
  const { row, column, rows, columns } = tile.rect
  for (let r = row; r < row + rows; r++)
    for (let c = column; c < column + columns; c++) {
      const value = tile.value(r, c)
      const number = isMasked(value) ? undefined : numberOf(value)
      if (number === undefined || tile.state(r, c) === 'error') continue
      if (number < low) low = number
      if (number > high) high = number
    }
  const isSame = low === range?.low && high === range.high
  if (isSame) return range
  return high < low ? null : { low, high }
}
