import type { DataType, ItemValue } from '../dtype/data-type'
import type { Edit, Fill } from '../model/edits'
import { formatSelection } from '../selection/describe'
import type { DimSlice } from '../selection/selection'
import { type CellValues, cellValues, commandValues } from './cell-values'
import { editCommand } from './edit-command'
import { itemLiteral, numpyLiteral } from './numpy-literal'
import type { Script, Scripts, Where } from './operation'
import { pythonString } from './python-text'
import { nodeWord, shellLine } from './shell-text'
import { product } from '../selection/counts'

/** A basic selection of an array that is looked at. */
export interface CellsRead {
  path: string
  dims: readonly DimSlice[]
}

type CellsEdit = Extract<Edit, { kind: 'cells' | 'fill' | 'clear' | 'replace' }>

/** Reading of cells. */
export function readScripts({ path, dims }: CellsRead, { storePath }: Where): Scripts {
  const store = storePath()
  const command = shellLine('zarrscope', 'get', nodeWord(store, path), selectionText(dims))
  const { index, flips } = pythonIndex(dims)
  const read = flips.length === 0 ? `array${index}` : `np.flip(array${index}, ${axes(flips)})`
  return {
    command: { text: `${command}\n` },
    python: pythonLines(store, path, 'r', [`values = ${read}`], flips.length > 0),
  }
}

/** Changes of cells: values, files and counting are for `set`, all else for `edit`; Python has whatever NumPy has. */
export function cellsScripts(edit: CellsEdit, where: Where): Scripts {
  if (edit.kind === 'replace' || !edit.also?.length) return regionScripts(edit, where)
  const parts = [edit.dims, ...edit.also].map((dims) =>
    regionScripts({ ...edit, dims, also: undefined }, where),
  )
  return {
    command: oneAfterTheOther(parts.map(({ command }) => command)),
    python: oneAfterTheOther(parts.map(({ python }) => python)),
  }
}

/** The lines of several scripts; what all of them begin with is there once. */
function oneAfterTheOther(scripts: readonly Script[]): Script {
  const lines = new Set<string>()
  for (const script of scripts) {
    if ('whyNot' in script) return script
    for (const line of script.text.trimEnd().split('\n')) lines.add(line)
  }
  return { text: `${[...lines].join('\n')}\n` }
}

function regionScripts(edit: CellsEdit, { storePath }: Where): Scripts {
  const store = storePath()
  const values = edit.kind === 'cells' ? cellValues(edit) : undefined
  if (values && 'whyNot' in values) return { command: values, python: values }
  return { command: commandOf(edit, store, values), python: pythonOf(edit, store, values) }
}

function commandOf(edit: CellsEdit, store: string, values: CellValues | undefined): Script {
  const value = values && edit.kind === 'cells' ? commandValues(values, edit.shape) : fillWord(edit)
  if (!value) return editCommand(edit, store)
  if ('whyNot' in value) return value
  const isOption = /^-[^\d:]/.test(value.text)
  const words = [nodeWord(store, edit.path), selectionText(edit.dims), value.text]
  return { text: `${shellLine('zarrscope', 'set', ...(isOption ? ['--'] : []), ...words)}\n` }
}

/** A fill as `set` takes it; undefined where it cannot, or where a text would be taken for something else. */
function fillWord(edit: CellsEdit): { text: string } | undefined {
  if (edit.kind !== 'fill' || edit.field !== undefined) return undefined
  const { fill } = edit
  if (fill.kind === 'constant')
    return /^[@"[]|^-$|^arange$/.test(fill.text.trim()) ? undefined : { text: fill.text }
  if (fill.kind === 'arange' && Number(fill.start) === 0 && Number(fill.step) === 1) return { text: 'arange' }
  return fill.kind === 'file' ? { text: `@${fill.file.path}` } : undefined
}

function pythonOf(edit: CellsEdit, store: string, found: CellValues | undefined): Script {
  const { index, flips } = pythonIndex(edit.dims)
  const flipped = (value: string): string =>
    flips.length === 0 ? value : `np.flip(${value}, ${axes(flips)})`
  const shape = edit.dims.filter(({ drop }) => drop !== true).map(({ count }) => count)
  const write = (value: string, ...before: string[]): Script =>
    pythonLines(store, edit.path, 'r+', [...before, `array${index} = ${value}`])
  switch (edit.kind) {
    case 'cells': {
      const { dtype, values } = found!
      return values.length === 1
        ? write(scalarLiteral(dtype, values[0]!))
        : write(flipped(numpyLiteral(dtype, values, edit.shape)))
    }
    case 'clear':
      return write('array.fill_value')
    case 'replace':
      return { whyNot: 'Conditions are in the language of this program.' }
    case 'fill':
      if (edit.field !== undefined) return { whyNot: 'One field of records is not written alone.' }
      return pythonFill(edit.fill, shape, write, flipped)
  }
}

function pythonFill(
  fill: Fill,
  shape: readonly number[],
  write: (value: string) => Script,
  flipped: (value: string) => string,
): Script {
  const count = product(shape)
  const tuple = `(${shape.map((n) => `${n},`).join(' ')})`
  const shaped = `.reshape(${tuple})`
  switch (fill.kind) {
    case 'constant':
      return write(constantLiteral(fill.text))
    case 'arange':
      return isPlain(fill.start, fill.step)
        ? write(flipped(`(${fill.start} + np.arange(${count}) * ${fill.step})${shaped}`))
        : { whyNot: 'These steps are no plain numbers.' }
    case 'linspace':
      return isPlain(fill.start, fill.stop)
        ? write(flipped(`np.linspace(${fill.start}, ${fill.stop}, ${count})${shaped}`))
        : { whyNot: 'These ends are no plain numbers.' }
    case 'random':
      return { whyNot: 'NumPy draws other random numbers than this program.' }
    case 'expression':
      return { whyNot: 'Expressions are in the language of this program.' }
    case 'file':
      return /\.npy$/i.test(fill.file.path)
        ? write(flipped(`np.broadcast_to(np.load(${pythonString(fill.file.path)}), ${tuple})`))
        : { whyNot: 'How a .csv file is read is up to this program.' }
  }
}

/** Integers that arithmetic in NumPy's default types leaves exact, and decimals. */
const isPlain = (...texts: string[]): boolean =>
  texts.every((text) => /^-?(\d{1,15}|\d*\.\d+(e[-+]?\d+)?)$/i.test(text.trim()))

function constantLiteral(text: string): string {
  const clean = text.trim()
  if (/^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(clean)) return clean.replace(/^([-+]?)0+(?=\d)/, '$1')
  if (/^[-+]?(nan|inf)$/i.test(clean)) return `float(${pythonString(clean)})`
  if (/^(true|false)$/i.test(clean)) return /^t/i.test(clean) ? 'True' : 'False'
  return pythonString(text)
}

/** zarr-python takes scalars of NumPy for times, records and bytes. */
function scalarLiteral(dtype: DataType, value: ItemValue): string {
  const { kind } = dtype.spec
  const isOwn = ['bool', 'int', 'uint', 'float', 'complex', 'text', 'vlen-text'].includes(kind)
  return isOwn ? itemLiteral(dtype, value) : numpyLiteral(dtype, [value], [])
}

function pythonLines(
  store: string,
  path: string,
  mode: 'r' | 'r+',
  lines: string[],
  needsNumpy?: boolean,
): Script {
  const numpy = needsNumpy ?? lines.some((line) => line.includes('np.'))
  const open = `array = zarr.open_array(${pythonString(store)}, path=${pythonString(path)}, mode="${mode}")`
  return { text: `${[...(numpy ? ['import numpy as np'] : []), 'import zarr', open, ...lines].join('\n')}\n` }
}

const selectionText = (dims: readonly DimSlice[]): string =>
  formatSelection({ kind: 'basic', dims: [...dims] })

/**
 * A selection as an index of zarr-python, which takes no negative steps: those dimensions are walked upwards, and are
 * axes to flip in what is read or written.
 */
function pythonIndex(dims: readonly DimSlice[]): { index: string; flips: number[] } {
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
