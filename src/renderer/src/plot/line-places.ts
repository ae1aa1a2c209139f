import type { ArrayDetail } from '@shared/model/node'
import type { SliceState } from '../table/slice-state'
import type { LinePlace } from './line-reading'
import { dimName } from './plot-source'
import type { PlotState } from './plot-state'
import { seriesIndices } from './series-choice'

/** The dimension that lines run along: as chosen, else the last one that the slice leaves free. */
export function lineAxis(slice: SliceState, state: Pick<PlotState, 'along'>): number {
  const chosen = state.along
  if (chosen !== null && slice.dims[chosen]?.drop !== true && chosen < slice.dims.length) return chosen
  return slice.column ?? slice.row ?? Math.max(0, slice.dims.length - 1)
}

/** The lines to draw: through the place where the slice stands, or at the indices of one dimension that were typed. */
export function linePlaces(
  slice: SliceState,
  state: Pick<PlotState, 'compare'>,
  array: ArrayDetail,
  along: number,
): { places: LinePlace[]; problem: string | null } {
  const here = slice.dims.map((dim, d) => slice.fixed[d] ?? dim.start)
  const compare = state.compare !== null && state.compare.dim !== along ? state.compare : null
  const dim = compare ? slice.dims[compare.dim] : undefined
  if (!compare || !dim) return { places: [{ name: '', fixed: here }], problem: null }
  const length = array.shape[compare.dim] ?? 0
  const all = dim.drop ? { start: 0, step: 1, count: length } : dim
  const { indices, problem } = seriesIndices(compare.indices, all, length)
  const chosen = indices.length > 0 ? indices : [here[compare.dim] ?? 0]
  const name = dimName(array, compare.dim)
  return {
    places: chosen.map((index) => ({ name: `${name} ${index}`, fixed: here.with(compare.dim, index) })),
    problem,
  }
}
