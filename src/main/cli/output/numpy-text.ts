import { product } from '@shared/selection/counts'

/** Longest line of printed arrays, as NumPy has it. */
const LINE_WIDTH = 75

/**
 * What is shown of an array: the words of the shown items in C order, and per dimension how many are shown and after
 * how many of them the middle was left out (0: nothing was).
 */
export interface ArrayView {
  shown: number[]
  /** Per dimension, the number of leading items before the gap; 0 where all are shown. */
  gaps: number[]
  words: string[]
}

/**
 * The text of an array in NumPy's layout: brackets by dimension, lines of at most 75 characters, `…` for the middle.
 * A 0-d array is its bare word. `prefix` is what stands before the first bracket ("array("); following lines indent by it.
 */
export function arrayText(view: ArrayView, prefix = ''): string {
  if (view.shown.length === 0) return view.words[0] ?? ''
  if (view.shown.includes(0)) return '[]'
  let next = 0
  const indent = ' '.repeat(prefix.length)
  return nested(view, 0, indent, LINE_WIDTH, () => view.words[next++]!)
}

/** NumPy leaves these out of `array(…)`. */
const DEFAULT_TYPES = new Set(['int64', 'float64', 'complex128', 'bool'])

/** `array([…], dtype=int32)`, as NumPy's repr has it; a 0-d array is its bare word. */
export function arrayRepr(view: ArrayView, typeName: string): string {
  if (view.shown.length === 0) return arrayText(view)
  const empty = view.shown.length > 1 && view.shown.includes(0) ? `, shape=(${view.shown.join(', ')})` : ''
  const body = `array(${arrayText(view, 'array(')}${empty}`
  if (DEFAULT_TYPES.has(typeName) && !view.shown.includes(0)) return `${body})`
  const tail = /^\w+$/.test(typeName)
    ? `dtype=${typeName})`
    : `dtype=${typeName.startsWith('[') ? typeName : `'${typeName}'`})`
  const lastLine = body.slice(body.lastIndexOf('\n') + 1)
  return lastLine.length + tail.length + 2 > LINE_WIDTH ? `${body},\n      ${tail}` : `${body}, ${tail}`
}

function nested(view: ArrayView, axis: number, hanging: string, width: number, word: () => string): string {
  const inner = `${hanging} `
  const left = view.shown.length - axis
  const count = view.shown[axis]!
  const gap = view.gaps[axis]!
  let out = ''
  if (left === 1) {
    let line = inner
    const elementWidth = width - 1
    const add = (text: string, room: number): void => {
      if (line.length + text.length > room && line.length > inner.length) {
        out += `${line.trimEnd()}\n`
        line = inner
      }
      line += text
    }
    for (let i = 0; i < count; i++) {
      if (gap > 0 && i === gap) {
        add('…', elementWidth)
        line += ', '
      }
      add(word(), elementWidth)
      if (i < count - 1) line += ', '
    }
    out += line
  } else {
    const separator = `,${'\n'.repeat(left - 1)}`
    for (let i = 0; i < count; i++) {
      if (gap > 0 && i === gap) out += `${inner}…${separator}`
      out += inner + nested(view, axis + 1, inner, width - 1, word) + (i < count - 1 ? separator : '')
    }
  }
  return `[${out.slice(inner.length)}]`
}

/** Items up to which NumPy prints an array whole, and how many it shows at either end of a dimension beyond that. */
const WHOLE_ITEMS = 1000
const EDGE_ITEMS = 3

/** Per dimension, how many items are shown before and after the gap; `gap` 0 where the whole dimension is shown. */
export function shownItems(shape: readonly number[]): { count: number; gap: number }[] {
  const total = product(shape)
  if (total <= WHOLE_ITEMS) return shape.map((count) => ({ count, gap: 0 }))
  return shape.map((count) =>
    count > 2 * EDGE_ITEMS ? { count: 2 * EDGE_ITEMS, gap: EDGE_ITEMS } : { count, gap: 0 },
  )
}
