import { copy16, copy32, copy64, copy8, copyBytes, swap16, swap32, swap64, type Plane } from './copy-kernels'
import type { RowCopier } from './row-copier'

/** One loop of a strided copy; strides and offsets in bytes, on the side read and on the side written. */
export type Loop = RunLoop | TableLoop
export interface RunLoop {
  count: number
  from: number
  to: number
}
export interface TableLoop {
  from: Float64Array
  to: Float64Array
}

export interface StridedCopy {
  loops: readonly Loop[]
  /** Bytes at which the first unit lies on either side. */
  fromOffset: number
  toOffset: number
  /** Bytes moved as one, and reversed where `swap` is set. */
  unit: 1 | 2 | 4 | 8
  swap: boolean
  /** Copies rows between the two memories faster than this file can. */
  copyRows?: RowCopier | undefined
}

/** From this many bytes on a memory copy beats a loop. */
const ROW_BYTES = 64
/** Rows and columns of a tile where the two sides run across each other, so that both stay in the cache. */
const TILE = 32

/**
 * Copies units between two strided layouts, in the order of the loops where places repeat: the last one wins.
 * Throws RangeError where a side is too short for the loops.
 */
export function copyStrided(from: Uint8Array, to: Uint8Array, copy: StridedCopy): void {
  if (isEmpty(copy.loops)) return
  checkBounds(from, 'from', copy)
  checkBounds(to, 'to', copy)
  const { tables, runs } = arrange(copy.loops)
  if (tables.length === 0 && runs.length === 0) {
    copyUnit(from, to, copy)
    return
  }
  const inner = runs.pop() ?? { count: 1, from: copy.unit, to: copy.unit }
  if (
    !copy.swap &&
    inner.from === copy.unit &&
    inner.to === copy.unit &&
    inner.count * copy.unit >= ROW_BYTES
  ) {
    const bytes = inner.count * copy.unit
    const rows = runs.pop() ?? { count: 1, from: 0, to: 0 }
    const { copyRows: native } = copy
    const [fromStart, toStart] = [from.byteOffset, to.byteOffset]
    walk(tables, runs, copy.fromOffset, copy.toOffset, (f, t) => {
      if (native) native(fromStart + f, rows.from, toStart + t, rows.to, bytes, rows.count)
      else copyRows(from, to, f, t, rows, bytes)
    })
    return
  }
  const outer = runs.pop() ?? { count: 1, from: 0, to: 0 }
  const kernel = planeKernel(from, to, copy, [...tables, ...runs, outer, inner])
  const tiled = Math.abs(outer.from) < Math.abs(inner.from) && outer.count > 1 && inner.count > TILE
  walk(tables, runs, copy.fromOffset, copy.toOffset, (f, t) => {
    if (tiled) tiles(outer, inner, f, t, kernel)
    else kernel(f, t, outer, inner)
  })
}

/** A single unit, such as the item of one cell: kernels are not worth choosing. */
function copyUnit(from: Uint8Array, to: Uint8Array, { fromOffset, toOffset, unit, swap }: StridedCopy): void {
  for (let i = 0; i < unit; i++) to[toOffset + i] = from[fromOffset + (swap ? unit - 1 - i : i)]!
}

/** Rows of `bytes` neighbouring bytes. A loop of its own, so that V8 compiles it within the first chunk. */
function copyRows(
  from: Uint8Array,
  to: Uint8Array,
  f: number,
  t: number,
  rows: RunLoop,
  bytes: number,
): void {
  for (let i = 0; i < rows.count; i++, f += rows.from, t += rows.to) to.set(from.subarray(f, f + bytes), t)
}

type PlaneKernel = (f: number, t: number, outer: RunLoop, inner: RunLoop) => void

/** Tables outermost; runs by how far they go on the written side, widest first; neighbours that continue merged. */
export function arrange(loops: readonly Loop[]): { tables: TableLoop[]; runs: RunLoop[] } {
  const tables = loops.filter((loop): loop is TableLoop => !('count' in loop))
  const runs = loops.filter((loop): loop is RunLoop => 'count' in loop && loop.count > 1)
  runs.sort((a, b) => Math.abs(b.to) - Math.abs(a.to))
  const merged: RunLoop[] = []
  for (const run of runs) {
    const wider = merged.at(-1)
    if (wider?.from === run.from * run.count && wider.to === run.to * run.count) {
      merged[merged.length - 1] = { count: wider.count * run.count, from: run.from, to: run.to }
    } else merged.push(run)
  }
  return { tables, runs: merged }
}

/** Calls `leaf` with the byte offsets of every combination of the loops. */
export function walk(
  tables: readonly TableLoop[],
  runs: readonly RunLoop[],
  f: number,
  t: number,
  leaf: (f: number, t: number) => void,
): void {
  const table = tables[0]
  if (table) {
    const rest = tables.slice(1)
    for (let i = 0; i < table.from.length; i++) walk(rest, runs, f + table.from[i]!, t + table.to[i]!, leaf)
    return
  }
  walkRuns(runs, 0, f, t, leaf)
}

function walkRuns(
  runs: readonly RunLoop[],
  depth: number,
  f: number,
  t: number,
  leaf: (f: number, t: number) => void,
): void {
  const run = runs[depth]
  if (!run) return leaf(f, t)
  for (let i = 0; i < run.count; i++, f += run.from, t += run.to) walkRuns(runs, depth + 1, f, t, leaf)
}

function tiles(outer: RunLoop, inner: RunLoop, f: number, t: number, kernel: PlaneKernel): void {
  for (let i = 0; i < outer.count; i += TILE) {
    const rows = { ...outer, count: Math.min(TILE, outer.count - i) }
    for (let k = 0; k < inner.count; k += TILE) {
      const columns = { ...inner, count: Math.min(TILE, inner.count - k) }
      kernel(f + i * outer.from + k * inner.from, t + i * outer.to + k * inner.to, rows, columns)
    }
  }
}

/** The kernel for the unit where every offset is a multiple of it in both memories, else the one for single bytes. */
function planeKernel(
  from: Uint8Array,
  to: Uint8Array,
  copy: StridedCopy,
  loops: readonly Loop[],
): PlaneKernel {
  const { unit, swap } = copy
  const step = Math.min(unit, 4)
  if (
    !isAligned(from, copy.fromOffset, loops, 'from', step) ||
    !isAligned(to, copy.toOffset, loops, 'to', step)
  ) {
    return (f, t, outer, inner) => copyBytes(from, to, f, t, plane(outer, inner, 1), unit, swap)
  }
  if (unit === 1) return (f, t, outer, inner) => copy8(from, to, f, t, plane(outer, inner, 1))
  if (unit === 2) {
    const kernel = swap ? swap16 : copy16
    const [a, b] = [words16(from), words16(to)]
    return (f, t, outer, inner) => kernel(a, b, f / 2, t / 2, plane(outer, inner, 2))
  }
  const kernel = unit === 4 ? (swap ? swap32 : copy32) : swap ? swap64 : copy64
  const [a, b] = [words32(from), words32(to)]
  return (f, t, outer, inner) => kernel(a, b, f / 4, t / 4, plane(outer, inner, 4))
}

const plane = (outer: RunLoop, inner: RunLoop, step: number): Plane => ({
  rows: outer.count,
  columns: inner.count,
  fromRow: outer.from / step,
  fromColumn: inner.from / step,
  toRow: outer.to / step,
  toColumn: inner.to / step,
})

const words16 = (bytes: Uint8Array): Uint16Array =>
  new Uint16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
const words32 = (bytes: Uint8Array): Int32Array =>
  new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4))

function isAligned(
  bytes: Uint8Array,
  offset: number,
  loops: readonly Loop[],
  side: 'from' | 'to',
  step: number,
): boolean {
  if (bytes.byteOffset % step !== 0 || offset % step !== 0) return false
  return loops.every((loop) => {
    const moves = loop[side]
    return typeof moves === 'number' ? moves % step === 0 : moves.every((move) => move % step === 0)
  })
}

/** Whether some loop takes no step at all. */
export const isEmpty = (loops: readonly Loop[]): boolean =>
  loops.some((loop) => ('count' in loop ? loop.count : loop.from.length) === 0)

/** Throws RangeError unless all that the loops reach on one side lies inside its bytes. */
export function checkBounds(
  bytes: Uint8Array,
  side: 'from' | 'to',
  copy: Pick<StridedCopy, 'loops' | 'fromOffset' | 'toOffset'> & { unit: number },
): void {
  let low = side === 'from' ? copy.fromOffset : copy.toOffset
  let high = low + copy.unit
  for (const loop of copy.loops) {
    const moves = loop[side]
    if (typeof moves === 'number') {
      const far = moves * ((loop as RunLoop).count - 1)
      low += Math.min(0, far)
      high += Math.max(0, far)
    } else {
      low += moves.reduce((a, b) => Math.min(a, b))
      high += moves.reduce((a, b) => Math.max(a, b))
    }
  }
  if (low < 0 || high > bytes.length) {
    throw new RangeError(`A copy reaches bytes ${low} to ${high} of ${bytes.length}`)
  }
}
