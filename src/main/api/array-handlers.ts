import { LimitError, SelectionError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'
import { cellCount } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import { editedParts } from '@engine/edits/edited-parts'
import { checkedDims } from '@engine/nodes/checked-dims'
import { chunkBytes } from '@engine/stats/chunk-bytes'
import { chunkDetail } from '@engine/stats/chunk-detail'
import { chunkMap } from '@engine/stats/chunk-map'
import { histogram } from '@engine/stats/plots/histogram'
import { lineBins } from '@engine/stats/plots/line-bins'
import { overview } from '@engine/stats/plots/overview'
import { findCell } from '@engine/stats/find'
import { selectionStatistics } from '@engine/stats/selection-statistics'
import { surveyArray } from '@engine/stats/survey-array'
import type { Sessions } from './sessions'

type Method = Extract<keyof Handlers, `array.${string}`>

/** Items of one block: the window reads what it shows. */
const MAX_ITEMS = 4_000_000

/** Arrays: cells, statistics, chunks. */
export function arrayHandlers(sessions: Sessions): Pick<Handlers, Method> {
  return {
    'array.read': async ({ store, path, dims }, { signal }) => {
      const session = sessions.get(store)
      const array = await session.array(path, { signal })
      const inside = checkedDims(array.shape, dims)
      const selection = { kind: 'basic', dims: inside } as const
      const items = cellCount(dims)
      if (items > MAX_ITEMS) throw new LimitError('The number of items to read at once', items, MAX_ITEMS)
      const result = await array.read(selection, { signal, lane: 'visible' })
      const { data, offsets, shape, dtype } = result
      await session.noteChunks(
        path,
        result.parts.map(({ key }) => key),
      )
      const parts = [...result.parts, ...(await editedParts(array, inside, result, signal))]
      return { shape, dtype, data, parts, ...(offsets ? { offsets } : {}) }
    },
    'array.statistics': async ({ store, path, dims }, { signal, progress }) => {
      const array = await sessions.get(store).array(path, { signal })
      const onProgress = (done: number, total: number): void => progress({ done, total })
      return selectionStatistics(array, checkedDims(array.shape, dims), { signal, onProgress })
    },
    'array.find': async ({ store, path, dims, from, ...query }, { signal, progress }) => {
      const array = await sessions.get(store).array(path, { signal })
      const checked = checkedDims(array.shape, dims)
      if (from && (from.length !== checked.length || !from.every((index, k) => isOn(checked[k], index))))
        throw new SelectionError('The cell to search from lies outside of the region.')
      const onProgress = (done: number, total: number): void => progress({ done, total })
      return findCell(array, { ...query, from, dims: checked, signal, onProgress })
    },
    'array.chunkMap': async (input, { signal, progress }) => {
      const { store, path, rowAxis, columnAxis, maxRows, maxColumns, ...view } = input
      const array = await sessions.get(store).array(path, { signal })
      const query = { axes: { row: rowAxis, column: columnAxis }, ...view }
      return chunkMap(array, query, { maxRows, maxColumns, signal, onProgress: progress })
    },
    'array.overview': async ({ store, path, dims, ...query }, { signal, progress }) => {
      const array = await sessions.get(store).array(path, { signal })
      return overview(
        array,
        { ...query, dims: checkedDims(array.shape, dims) },
        {
          signal,
          onProgress: (done, total, coarse) => progress({ done, total, ...(coarse ? { coarse } : {}) }),
        },
      )
    },
    'array.line': async ({ store, path, dims, ...query }, { signal, progress }) => {
      const array = await sessions.get(store).array(path, { signal })
      const onProgress = (done: number, total: number): void => progress({ done, total })
      return lineBins(array, { ...query, dims: checkedDims(array.shape, dims) }, { signal, onProgress })
    },
    'array.histogram': async ({ store, path, dims, ...query }, { signal, progress }) => {
      const array = await sessions.get(store).array(path, { signal })
      const onProgress = (done: number, total: number): void => progress({ done, total })
      return histogram(array, { ...query, dims: checkedDims(array.shape, dims) }, { signal, onProgress })
    },
    'array.chunk': async ({ store, path, coords }, { signal }) =>
      chunkDetail(await sessions.get(store).array(path, { signal }), coords, { signal }),
    'array.chunkBytes': async ({ store, path, coords, ...part }, { signal }) =>
      chunkBytes(await sessions.get(store).array(path, { signal }), coords, part, { signal }),
    'array.survey': async ({ store, path, look }, { signal, progress }) => {
      const array = await sessions.get(store).array(path, { signal })
      return surveyArray(array, look, { signal, onProgress: progress })
    },
  }
}

function isOn(dim: DimSlice | undefined, index: number): boolean {
  const place = dim ? (index - dim.start) / dim.step : -1
  return Number.isInteger(place) && place >= 0 && place < (dim?.count ?? 0)
}
