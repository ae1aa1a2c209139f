import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { IoError } from '@shared/errors'
import { faultyFs } from './faulty'
import { nodeFs } from './node'
import { RecordLog, type FoundRecord } from './record-log'

const folder = mkdtempSync(join(tmpdir(), 'zarrscope-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newPath = (): string => join(folder, String(files++))

const LARGE = Uint8Array.from({ length: 2 ** 20 + 7 }, (_, i) => (i * 31) & 255)
/** Large payloads by their checksum: comparing them byte by byte takes the test runner seconds. */
const short = (payload: Uint8Array): unknown => (payload.length > 1000 ? crc32(payload) : payload)

const RECORDS: [number, Uint8Array][] = [
  [1, Uint8Array.of(1, 2, 3)],
  [2, LARGE],
  [1, new Uint8Array()],
  [1, Uint8Array.of(9)],
]

const SHORT = RECORDS.map(([kind, payload]) => [kind, short(payload)])

async function written(path: string): Promise<void> {
  const log = await RecordLog.create(nodeFs, path)
  for (const [kind, payload] of RECORDS) await log.append(kind, payload)
  await log.close()
}

async function found(path: string): Promise<[number, unknown][]> {
  const records: FoundRecord[] = []
  const log = await RecordLog.open(
    nodeFs,
    path,
    () => true,
    (record) => records.push(record),
  )
  await log?.close()
  return records.map(({ kind, bytes }) => [kind, short(bytes!)])
}

test('records come back in order, and parts of them where they lie', async () => {
  const path = newPath()
  await written(path)
  expect(await found(path)).toEqual(SHORT)
  const places: FoundRecord[] = []
  const log = (await RecordLog.open(
    nodeFs,
    path,
    (kind) => kind === 1,
    (record) => places.push(record),
  ))!
  expect(places.map(({ bytes }) => bytes?.length)).toEqual([3, undefined, 0, 1])
  expect(await log.read({ offset: places[1]!.offset + 5, length: 3 })).toEqual(LARGE.slice(5, 8))
  await log.close()
  expect(
    await RecordLog.open(
      nodeFs,
      newPath(),
      () => true,
      () => undefined,
    ),
  ).toBeUndefined()
})

test('a file cut off anywhere has its first records, and goes on from there', async () => {
  const path = newPath()
  await written(path)
  const whole = readFileSync(path)
  const ends = [0]
  for (const [, payload] of RECORDS) ends.push(ends.at(-1)! + 16 + payload.length)
  for (const length of [
    0,
    1,
    19,
    20,
    22,
    23,
    24,
    43,
    1_000_000,
    ends[2]! - 1,
    ends[2]!,
    ends[3]!,
    ends[3]! + 5,
  ]) {
    writeFileSync(path, whole.subarray(0, length))
    const kept = ends.filter((end) => end <= length).length - 1
    expect((await found(path)).length, `cut at ${length}`).toBe(kept)
    const log = (await RecordLog.open(
      nodeFs,
      path,
      () => true,
      () => undefined,
    ))!
    await log.append(7, Uint8Array.of(7))
    await log.close()
    expect(await found(path)).toEqual([...SHORT.slice(0, kept), [7, Uint8Array.of(7)]])
  }
})

test('a flipped bit ends the file before it', async () => {
  const path = newPath()
  await written(path)
  const whole = readFileSync(path)
  for (const [at, kept] of [
    [3, 0],
    [17, 0],
    [19 + 4, 1],
    [19 + 16 + 99, 1],
    [whole.length - 1, 3],
  ] as const) {
    const damaged = Buffer.from(whole)
    damaged[at]! ^= 16
    writeFileSync(path, damaged)
    expect(await found(path), `byte ${at}`).toEqual(SHORT.slice(0, kept))
  }
})

test('an old end behind a new record is not taken for its successor', async () => {
  const path = newPath()
  const log = await RecordLog.create(nodeFs, path)
  for (const n of [1, 2, 3]) await log.append(n, Uint8Array.of(n))
  await log.close()
  const whole = readFileSync(path)
  whole[17 + 16]! ^= 1
  writeFileSync(path, whole)
  const again = (await RecordLog.open(
    nodeFs,
    path,
    () => true,
    () => undefined,
  ))!
  await again.append(9, Uint8Array.of(9))
  await again.close()
  expect((await found(path)).map(([kind]) => kind)).toEqual([1, 9])
})

test.each(['EIO', 'ENOSPC'])(
  'a write that fails with %s leaves what was there, and can be tried again',
  async (code) => {
    for (const shortWrite of [false, true]) {
      const path = newPath()
      // The third call is the second record's write.
      const fs = faultyFs(nodeFs, { at: 3, code, shortWrite })
      const log = await RecordLog.create(fs, path)
      await log.append(1, Uint8Array.of(1))
      await expect(log.append(2, new Uint8Array(100))).rejects.toThrow(IoError)
      expect(await found(path)).toEqual([[1, Uint8Array.of(1)]])
      await log.append(3, Uint8Array.of(3))
      await log.sync()
      await log.close()
      expect(await found(path)).toEqual([
        [1, Uint8Array.of(1)],
        [3, Uint8Array.of(3)],
      ])
    }
  },
)

test('reading beyond the end is an error', async () => {
  const path = newPath()
  await written(path)
  const log = (await RecordLog.open(
    nodeFs,
    path,
    () => false,
    () => undefined,
  ))!
  truncateSync(path, 10)
  await expect(log.read({ offset: 20, length: 3 })).rejects.toThrow('became shorter')
  await log.close()
})
