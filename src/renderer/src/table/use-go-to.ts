import { useEffect } from 'react'
import { takeRegion, useRegionRequest } from '../state/region'
import type { Position } from './movement'
import { positionOf, type SliceState, withFixed } from './slice-state'

interface Options {
  store: string
  path: string
  slice: SliceState
  setSlice: (slice: SliceState) => void
  select: (position: Position) => void
}

/** Leads to an array index: fixed dimensions move there, the table shows and selects the cell. Wishes of other views too. */
export function useGoTo({
  store,
  path,
  slice,
  setSlice,
  select,
}: Options): (indices: readonly number[]) => void {
  const goTo = (indices: readonly number[]): void => {
    let next = slice
    const position = { row: 0, column: 0 }
    indices.forEach((index, dim) => {
      const along = slice.dims[dim]
      if (!along) return
      if (dim === slice.row) position.row = positionOf(along, index) ?? 0
      else if (dim === slice.column) position.column = positionOf(along, index) ?? 0
      else next = withFixed(next, dim, index)
    })
    if (next !== slice) setSlice(next)
    select(position)
  }
  const wish = useRegionRequest((state) => state.request)
  useEffect(() => {
    if (wish?.store !== store || wish.path !== path) return
    takeRegion()
    goTo(wish.start)
  })
  return goTo
}
