import type { Selection } from '@shared/selection/selection'

/** What a selection means, spelled out: the array index of every item of the result, in C order of the result. */
export function selectedIndices(selection: Selection): number[][] {
  if (selection.kind === 'points') {
    const count = selection.shape.reduce((a, b) => a * b, 1)
    return Array.from({ length: count }, (_, i) => selection.indices.map((index) => index[i]!))
  }
  let all: number[][] = [[]]
  for (const dim of selection.dims) {
    const along =
      'indices' in dim
        ? [...dim.indices]
        : Array.from({ length: dim.count }, (_, i) => dim.start + i * dim.step)
    all = all.flatMap((index) => along.map((i) => [...index, i]))
  }
  return all
}
