import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { Selection } from '@shared/selection/selection'
import { bindPipeline } from '../codecs/pipeline'
import { InlineExecutor } from '../pool/inline'
import { sharded } from '../pool/testing/arrays'
import { codec, storeArray, type StoredArray } from '../pool/testing/stored-array'
import { readSelection } from './read-selection'
import { fileSource } from './testing/file-source'
import { writeSelection, type WriteSummary } from './write-selection'

const executor = new InlineExecutor()
const FILL = [5, 0, 0, 0]
const little = codec('bytes', { endian: 'little' })
const zstd = codec('zstd', { level: 1, checksum: true })

const arrays: StoredArray[] = []
afterEach(() => arrays.splice(0).forEach((array) => array.remove()))

/** One shard of 8 × 8 items in 16 inner chunks of 2 × 2. */
function newArray(...codecs: ReturnType<typeof codec>[]): StoredArray {
  const array = storeArray({
    dtype: { kind: 'int', bits: 32 },
    fill: Uint8Array.from(FILL),
    shape: [8, 8],
    grid: { kind: 'regular', shape: [8, 8] },
    codecs,
  })
  arrays.push(array)
  return array
}

const flat = (): StoredArray => newArray(sharded([2, 2], little, zstd))
const file = (array: StoredArray): string => array.path([0, 0])

/** The inner chunks as they are stored. */
function parts(array: StoredArray): (Buffer | undefined)[] {
  const { dtype, fill, codecs } = array
  const { sharding } = bindPipeline({ dtype, fill, codecs, shape: [8, 8] })
  return sharding!.split(readFileSync(file(array))).map((part) => part && Buffer.from(part))
}

const box = (row: number, rows: number, column: number, columns: number): Selection => ({
  kind: 'basic',
  dims: [
    { start: row, step: 1, count: rows },
    { start: column, step: 1, count: columns },
  ],
})

function write(
  array: StoredArray,
  wanted: Selection,
  item: number[],
  dropFill = false,
): Promise<WriteSummary> {
  const root = realpathSync(array.root)
  return writeSelection(
    fileSource(array),
    wanted,
    { data: Uint8Array.from(item), strides: [0, 0] },
    executor,
    {
      dropFill,
      file: (key) => ({ kind: 'file', path: `${root}/${key}`, root }),
      put: () => Promise.reject(new Error('files are replaced by the codec threads')),
    },
  )
}

/** Spoils the stored bytes of an inner chunk. */
function damage(array: StoredArray, number: number): void {
  const bytes = readFileSync(file(array))
  const at = bytes.indexOf(parts(array)[number]!)
  bytes.fill(0xff, at, at + 8)
  writeFileSync(file(array), bytes)
}

const changed = (before: (Buffer | undefined)[], after: (Buffer | undefined)[]): number[] =>
  before.flatMap((part, i) => (part && after[i]?.equals(part) ? [] : [i]))

describe('of a shard that is written in part', () => {
  test('inner chunks without a new item keep their bytes', async () => {
    const array = flat()
    const before = parts(array)
    expect(await write(array, box(1, 2, 3, 1), [1, 2, 3, 4])).toMatchObject({ written: 1, failures: [] })
    expect(changed(before, parts(array))).toEqual([1, 5])
    const { data } = await readSelection(fileSource(array), box(0, 8, 0, 8), executor)
    for (let i = 0; i < 64; i++) {
      const [row, column] = [Math.floor(i / 8), i % 8]
      const isNew = (row === 1 || row === 2) && column === 3
      expect([...data.subarray(4 * i, 4 * i + 4)]).toEqual(
        isNew ? [1, 2, 3, 4] : [...array.item([row, column])],
      )
    }
  })

  test('a damaged inner chunk elsewhere stays as it is and keeps nothing from being written', async () => {
    const array = flat()
    damage(array, 10)
    const before = parts(array)
    expect(await write(array, box(0, 1, 0, 1), [1, 2, 3, 4])).toMatchObject({ written: 1, failures: [] })
    expect(changed(before, parts(array))).toEqual([0])
  })

  test('one that gets a new item is refused where it is damaged, and the file stays as it was', async () => {
    const array = flat()
    damage(array, 10)
    const before = readFileSync(file(array))
    const { failures } = await write(array, box(4, 1, 4, 1), [1, 2, 3, 4])
    expect(failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining('in inner chunk 10, '),
    ])
    expect(readFileSync(file(array)).equals(before)).toBe(true)
    expect(await write(array, box(4, 2, 4, 2), [1, 2, 3, 4])).toMatchObject({ written: 1, failures: [] })
    const { data } = await readSelection(fileSource(array), box(4, 2, 4, 2), executor)
    expect([...data]).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4])
  })

  test('inner chunks of nothing but fill go, and with the last one the shard', async () => {
    const array = flat()
    await write(array, box(0, 2, 0, 2), FILL, true)
    expect(parts(array).map((part) => part !== undefined)).toEqual([false, ...Array<true>(15).fill(true)])
    expect(await write(array, box(0, 8, 0, 7), FILL, true)).toMatchObject({ written: 1 })
    expect(await write(array, box(0, 8, 7, 1), FILL, true)).toMatchObject({ removed: 1 })
    await write(array, box(3, 1, 3, 1), [9, 9, 9, 9], true)
    expect(parts(array).flatMap((part, i) => (part ? [i] : []))).toEqual([5])
    await write(array, box(3, 1, 3, 1), FILL)
    expect(parts(array).every((part) => part === undefined)).toBe(true)
  })

  test('shards in shards keep theirs too', async () => {
    const array = newArray(sharded([4, 4], sharded([2, 2], little, zstd)))
    const before = parts(array)
    expect(await write(array, box(5, 1, 6, 1), [1, 2, 3, 4])).toMatchObject({ written: 1, failures: [] })
    expect(changed(before, parts(array))).toEqual([3])
    const { data } = await readSelection(fileSource(array), box(5, 1, 5, 2), executor)
    expect([...data]).toEqual([...array.item([5, 5]), 1, 2, 3, 4])
  })
})
