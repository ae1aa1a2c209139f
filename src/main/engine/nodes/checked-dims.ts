import { SelectionError } from '@shared/errors'
import type { DimSlice } from '@shared/selection/selection'

interface SliceInput {
  start: number
  step: number
  count: number
  drop?: boolean | undefined
}

/** Slices that lie inside an array of this shape. Throws SelectionError for others. */
export function checkedDims(shape: readonly number[], dims: readonly SliceInput[]): DimSlice[] {
  if (dims.length !== shape.length) {
    throw new SelectionError(`The selection has ${dims.length} dimensions, the array ${shape.length}.`)
  }
  return dims.map(({ start, step, count, drop }, k) => {
    const last = start + (count - 1) * step
    const inside = (index: number): boolean => index >= 0 && index < shape[k]!
    if (step === 0 || (drop && count !== 1) || (count > 0 && !(inside(start) && inside(last)))) {
      throw new SelectionError(`The selection lies outside of dimension ${k}, whose size is ${shape[k]!}.`)
    }
    return { start, step, count, ...(drop ? { drop } : {}) }
  })
}
