import { resolve } from 'node:path'
import { IoError, UnsupportedError, ValueError, ZarrscopeError } from '@shared/errors'
import { parseNumpyDtype, type NumpyDtype } from '@shared/dtype/numpy-dtype'
import { fixedItemSize, itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { swapItems } from '@shared/dtype/swap'
import { product } from '@shared/selection/counts'
import type { DimIndices, DimSlice } from '@shared/selection/selection'
import type { FsHandle } from '../files/fs'
import { ioError } from '../files/io-error'
import { nodeFs } from '../files/node'
import { transposeItems } from './transpose-items'
import { parsePythonLiteral } from './python-literal'

/** What the header of an .npy file says. */
interface NpyHeader {
  dtype: NumpyDtype
  shape: number[]
  fortran: boolean
  /** Where the items begin. */
  offset: number
}

/** Larger headers are refused, as NumPy refuses them. */
const MAX_HEADER = 1024 * 1024

/** An .npy file as a source of canonical items, read in parts. Close it when done. */
export class NpyFile {
  readonly shape: readonly number[]
  readonly dtype: DataTypeSpec
  readonly chunks = null
  private readonly path: string
  private readonly header: NpyHeader
  private readonly handle: FsHandle
  private readonly itemsize: number

  private constructor(path: string, handle: FsHandle, header: NpyHeader) {
    this.path = path
    this.handle = handle
    this.header = header
    this.shape = header.shape
    this.dtype = header.dtype.spec
    this.itemsize = fixedItemSize(header.dtype.spec)
  }

  /**
   * Opens a file of any version, byte order and memory order. Throws IoError where it cannot be read, ValueError where
   * it is no .npy file or is cut off, UnsupportedError for pickled objects.
   */
  static async open(path: string): Promise<NpyFile> {
    const wanted = resolve(path)
    try {
      const handle = await nodeFs.open(await nodeFs.realpath(wanted), 'read')
      try {
        const { kind, size } = await handle.stat()
        if (kind !== 'file') throw new ValueError(`${path} is no file.`)
        const header = await readHeader(path, handle, size)
        return new NpyFile(path, handle, header)
      } catch (error) {
        await handle.close()
        throw error
      }
    } catch (error) {
      throw error instanceof ZarrscopeError ? error : ioError(path, error)
    }
  }

  /** Canonical items of a box, C order over the counts of `dims`. */
  async read(dims: (DimSlice | DimIndices)[]): Promise<{ data: Uint8Array }> {
    const { fortran, dtype } = this.header
    const places = dims.map(indicesOf)
    const stored = fortran ? [...places].reverse() : places
    const data = await this.box(fortran ? [...this.shape].reverse() : this.shape, stored)
    const little = dtype.swaps.length > 0 ? swapItems(data, this.itemsize, dtype.swaps) : data
    if (!fortran || places.length < 2) return { data: little }
    return {
      data: transposeItems(
        little,
        stored.map((list) => list.length),
        this.itemsize,
      ),
    }
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  /** Items at every combination of the given indices of a C-order array, neighbours read together. */
  private async box(shape: readonly number[], places: readonly Float64Array[]): Promise<Uint8Array> {
    const { itemsize } = this
    const count = places.reduce((n, list) => n * list.length, 1)
    const out = new Uint8Array(count * itemsize)
    if (out.length === 0) return out
    // Dimensions behind `axis` are taken whole, so that a run of `axis` is one piece of the file.
    let axis = shape.length - 1
    let inner = 1
    while (axis > 0 && isWhole(places[axis]!, shape[axis]!)) inner *= shape[axis--]!
    const strides = shape.map((_, k) => product(shape.slice(k + 1)))
    let at = 0
    for (const outer of combinations(places.slice(0, Math.max(0, axis)))) {
      const base = outer.reduce((sum, index, k) => sum + index * strides[k]!, 0)
      for (const [first, length] of shape.length === 0 ? [[0, 1] as const] : runs(places[axis]!)) {
        const bytes = length * inner * itemsize
        await this.fill(out.subarray(at, at + bytes), base + first * (strides[axis] ?? 1))
        at += bytes
      }
    }
    return out
  }

  private async fill(target: Uint8Array, item: number): Promise<void> {
    await readExactly(this.path, this.handle, target, this.header.offset + item * this.itemsize)
  }
}

const indicesOf = (dim: DimSlice | DimIndices): Float64Array =>
  'indices' in dim
    ? dim.indices
    : Float64Array.from({ length: dim.count }, (_, i) => dim.start + i * dim.step)

const isWhole = (list: Float64Array, length: number): boolean =>
  list.length === length && list.every((index, i) => index === i)

/** Neighbouring indices as runs of [first, length]. */
function* runs(list: Float64Array): Generator<readonly [number, number]> {
  for (let from = 0; from < list.length;) {
    let to = from + 1
    while (to < list.length && list[to] === list[to - 1]! + 1) to++
    yield [list[from]!, to - from]
    from = to
  }
}

function* combinations(lists: readonly Float64Array[], chosen: number[] = []): Generator<readonly number[]> {
  const list = lists[chosen.length]
  if (list === undefined) {
    yield chosen
    return
  }
  for (const index of list) yield* combinations(lists, [...chosen, index])
}

async function readHeader(path: string, handle: FsHandle, size: number): Promise<NpyHeader> {
  const refuse = (why: string): never => {
    throw new ValueError(`${path} is no .npy file that can be read: ${why}.`)
  }
  const start = new Uint8Array(Math.min(12, size))
  await readExactly(path, handle, start, 0)
  if (Buffer.from(start.subarray(0, 6)).toString('latin1') !== '\x93NUMPY')
    refuse('it does not begin like one')
  const version = start[6] ?? 0
  if (start.length < 12 || version < 1 || version > 3) refuse(`its version ${version} is not known`)
  const view = new DataView(start.buffer)
  const [fixed, length] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)]
  if (length > MAX_HEADER || fixed + length > size) refuse('its header is cut off or too long')
  const text = new Uint8Array(length)
  await readExactly(path, handle, text, fixed)
  const header = parsePythonLiteral(Buffer.from(text).toString(version === 3 ? 'utf8' : 'latin1'))
  if (!(header instanceof Map)) return refuse('its header is no dictionary')
  const [descr, fortran, shape] = ['descr', 'fortran_order', 'shape'].map((name) => header.get(name))
  if (typeof fortran !== 'boolean' || !Array.isArray(shape) || descr === undefined)
    return refuse('its header lacks descr, fortran_order or shape')
  const lengths = shape.map((n) =>
    typeof n === 'number' && Number.isSafeInteger(n) && n >= 0 ? n : refuse('its shape is wrong'),
  )
  const dtype = parseNumpyDtype(descr)
  const bytes = itemSize(dtype.spec)
  if (bytes === null) throw new UnsupportedError('data type', 'object', 'pickled objects are never read')
  const total = lengths.reduce((n, one) => n * one, bytes)
  if (fixed + length + total > size)
    refuse(`it ends after ${size} bytes, its items need ${fixed + length + total}`)
  return { dtype, shape: lengths, fortran, offset: fixed + length }
}

async function readExactly(
  path: string,
  handle: FsHandle,
  target: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < target.length;) {
    const read = await handle.read(target.subarray(done), position + done)
    if (read === 0) throw new IoError(path, 'EOF', 'it became shorter while it was read.')
    done += read
  }
}
