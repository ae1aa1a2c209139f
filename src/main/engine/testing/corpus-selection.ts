import {
  normalizeSelection,
  orthogonalSelection,
  pointSelection,
  type IndexList,
} from '@shared/selection/normalize'
import type { SelectionEntry } from '@shared/selection/normalize'
import type { Selection } from '@shared/selection/selection'
import type { ZarrArray } from '../nodes/array'
import type { CorpusIndex, CorpusSelection, NestedNumbers } from './corpus-case'

/** A selection of a corpus as the engine takes it. */
export function corpusSelection(array: ZarrArray, { method, sel }: CorpusSelection): Selection {
  const entries = sel.map(entry)
  switch (method) {
    case 'basic':
      return normalizeSelection(entries, array.shape)
    case 'oindex':
      return orthogonalSelection(entries, array.shape)
    case 'vindex':
    case 'mask':
      return pointSelection(entries as (number | IndexList)[], array.shape)
    case 'blocks': {
      const blocks = normalizeSelection(entries, [...array.grid.gridShape])
      if (blocks.kind !== 'basic') throw new Error('block selections are basic')
      return array.blocks(blocks.dims)
    }
  }
}

function entry(index: CorpusIndex): SelectionEntry {
  if (typeof index === 'number' || index === '...') return index
  if ('slice' in index) {
    const [start, stop, step] = index.slice
    return { kind: 'slice', start, stop, step }
  }
  return 'index' in index ? index.index : mask(index.mask)
}

const mask = (numbers: NestedNumbers): IndexList =>
  numbers.map((n) => (typeof n === 'number' ? n !== 0 : mask(n)))
