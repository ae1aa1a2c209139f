import { isAborted, toErrorBody } from '@shared/errors'
import { formatInside } from '@shared/dtype/inside'
import { itemSize } from '@shared/dtype/itemsize'
import { dataType } from '@shared/dtype/registry'
import { product } from '@shared/selection/counts'
import { chunkStart, clippedShape } from '../chunks/grid'
import type { ZarrArray } from '../nodes/array'
import { itemValues } from '../nodes/item-values'
import { counted } from './words'

/** Chunks (shards, where sharded) with more cells or bytes are not decoded for it. */
const MAX_CELLS = 2 ** 18
const MAX_BYTES = 2 ** 24
/** Cells written out, and characters of each. */
const SHOWN = 200
const LONGEST = 60

/** An array as two sides have it; undefined where a side has none. */
export interface Arrays {
  mine: ZarrArray | undefined
  theirs: ZarrArray | undefined
}

/** The cells of a chunk on one side: their texts in C order, and the array index of the first; or why there are none. */
type Side = { shape: number[]; start: number[]; texts: string[] } | string

/**
 * What a chunk holds on two sides, as text: all of its cells where they are few, with the rows of the last dimension as
 * lines, else those that differ, with their array indices. Where a side cannot be decoded its text is the reason.
 */
export async function conflictCells(
  { mine, theirs }: Arrays,
  coords: readonly number[],
): Promise<{ mine: string; theirs: string }> {
  const [a, b] = await Promise.all([sideOf(mine, coords), sideOf(theirs, coords)])
  if (typeof a === 'string' || typeof b === 'string' || a.texts.length <= SHOWN || !isAlike(a, b))
    return { mine: wholeText(a), theirs: wholeText(b) }
  const places = a.texts.flatMap((text, i) => (text === b.texts[i] ? [] : [i]))
  return { mine: differenceText(a, places), theirs: differenceText(b, places) }
}

async function sideOf(array: ZarrArray | undefined, coords: readonly number[]): Promise<Side> {
  if (!array) return 'Its cells cannot be shown: there is no array here that says how to decode them.'
  try {
    const { grid, dtype } = array
    if (coords.some((at, k) => at >= grid.gridShape[k]!)) return 'It lies outside of the array.'
    const [start, shape] = [chunkStart(grid, coords), clippedShape(grid, coords)]
    const cells = product(shape)
    if (cells > MAX_CELLS || cells * (itemSize(dtype) ?? 0) > MAX_BYTES)
      return 'It is too large to show its cells here.'
    const dims = shape.map((count, k) => ({ start: start[k]!, step: 1, count }))
    const { data, offsets } = await array.readAll({ kind: 'basic', dims }, { maxBytes: MAX_BYTES })
    const type = dataType(dtype)
    return { shape, start, texts: itemValues(type, data, offsets).map((item) => formatInside(type, item)) }
  } catch (error) {
    if (isAborted(error)) throw error
    return `Its cells cannot be shown: ${toErrorBody(error).message}`
  }
}

const isAlike = (a: Exclude<Side, string>, b: Exclude<Side, string>): boolean =>
  a.shape.join() === b.shape.join() && a.start.join() === b.start.join()

/** The first cells, a row of the last dimension in each line. */
function wholeText(side: Side): string {
  if (typeof side === 'string') return side
  const { texts, shape } = side
  const length = shape.at(-1) ?? 1
  const lines: string[] = []
  for (let at = 0; at < Math.min(texts.length, SHOWN); at += length)
    lines.push(
      texts
        .slice(at, Math.min(at + length, SHOWN))
        .map(short)
        .join(', '),
    )
  return withRest(lines, texts.length - SHOWN)
}

/** The cells at these places, each in a line with its array index. */
function differenceText({ texts, shape, start }: Exclude<Side, string>, places: readonly number[]): string {
  const all = counted(texts.length, 'cell')
  if (places.length === 0) return `Its ${all} are the same on both sides; only the stored bytes differ.`
  const head = `${places.length.toLocaleString('en-US')} of ${all} ${places.length === 1 ? 'differs' : 'differ'}:`
  const lines = places.slice(0, SHOWN).map((at) => `[${indexOf(at, shape, start)}] ${short(texts[at]!)}`)
  return withRest([head, ...lines], places.length - SHOWN)
}

function indexOf(place: number, shape: readonly number[], start: readonly number[]): string {
  const index = shape.map(() => 0)
  for (let k = shape.length - 1; k >= 0; k--) {
    index[k] = start[k]! + (place % shape[k]!)
    place = Math.floor(place / shape[k]!)
  }
  return index.join(', ')
}

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

const withRest = (lines: readonly string[], rest: number): string =>
  [...lines, ...(rest > 0 ? [`and ${counted(rest, 'more cell')}`] : [])].join('\n')
