import type { DimSlice } from '@shared/selection/selection'
import type { Coordinate } from '../slicer/use-coordinate'
import { indexAt } from '../table/slice-state'
import type { Tick } from './measure'
import { niceStep } from './scale'

/** A dimension as an axis: places are positions in the slice, what is written there are indices or coordinates. */
export interface PositionAxis {
  dim: DimSlice
  /** Of the dimension. */
  name: string
  coordinate: Coordinate | null
}

/** "lat (degrees_north)". */
export const axisTitle = ({ name, coordinate }: PositionAxis): string =>
  coordinate?.units ? `${name} (${coordinate.units})` : name

/** "12", or "12 (57.5)" with a coordinate. */
export function positionText({ dim, coordinate }: PositionAxis, position: number): string {
  const index = indexAt(dim, position)
  const label = coordinate?.label(index)
  return label == null ? String(index) : `${index} (${label})`
}

/** About `count` ticks between two places, at whole positions; coordinates where they are known, else indices. */
export function positionTicks(axis: PositionAxis, from: number, to: number, count: number): Tick[] {
  const { dim, coordinate } = axis
  const [low, high] = [Math.max(0, Math.min(from, to)), Math.min(dim.count - 1, Math.max(from, to))]
  const step = Math.max(1, niceStep(Math.max(1e-9, high - low) / count))
  const ticks: Tick[] = []
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) {
    const index = indexAt(dim, at)
    ticks.push({ at, text: coordinate?.label(index) ?? String(index) })
  }
  return ticks
}
