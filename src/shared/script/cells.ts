import { formatSelection } from '../selection/describe'
import type { DimSlice } from '../selection/selection'
import type { Scripts, Where } from './operation'
import { pythonString } from './python-text'
import { nodeWord, shellLine } from './shell-text'

/** A basic selection of an array that is looked at. */
export interface CellsRead {
  path: string
  dims: readonly DimSlice[]
}

/** Reading of cells. */
export function readScripts({ path, dims }: CellsRead, { storePath }: Where): Scripts {
  const store = storePath()
  const command = shellLine(
    'zarrscope',
    'get',
    nodeWord(store, path),
    formatSelection({ kind: 'basic', dims: [...dims] }),
  )
  const { index, flips } = pythonIndex(dims)
  const read = flips.length === 0 ? `array${index}` : `np.flip(array${index}, ${axes(flips)})`
  const lines = [
    ...(flips.length > 0 ? ['import numpy as np'] : []),
    'import zarr',
    `array = zarr.open_array(${pythonString(store)}, path=${pythonString(path)}, mode="r")`,
    `values = ${read}`,
  ]
  return { command: { text: `${command}\n` }, python: { text: `${lines.join('\n')}\n` } }
}

/**
 * A selection as an index of zarr-python, which takes no negative steps: those dimensions are walked upwards, and are
 * axes to flip in what is read or written.
 */
export function pythonIndex(dims: readonly DimSlice[]): { index: string; flips: number[] } {
  if (dims.length === 0) return { index: '[...]', flips: [] }
  const flips: number[] = []
  let axis = 0
  const parts = dims.map(({ start, step, count, drop }) => {
    if (drop === true) return String(start)
    const k = axis++
    if (step < 0 && count > 1) flips.push(k)
    const first = step < 0 ? start + step * (count - 1) : start
    const by = Math.abs(step)
    const stop = first + by * (count - 1) + 1
    return count === 0 ? '0:0' : `${first}:${stop}${by === 1 || count === 1 ? '' : `:${by}`}`
  })
  return { index: `[${parts.join(', ')}]`, flips }
}

const axes = (flips: readonly number[]): string =>
  flips.length === 1 ? String(flips[0]) : `(${flips.join(', ')})`
