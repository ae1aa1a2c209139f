import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { ChunkCorruptError, IoError, LimitError, UnsupportedError, ZarrscopeError } from '@shared/errors'
import { contents, SAMPLE } from './contract-sample'
import { readLocated } from './read-located'
import { ZipStore } from './zip'
import { centralHeader, endRecords, localHeader, type EntryRecord } from './zip-records'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-hostile-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
let count = 0
const freshPath = (): string => join(base, `${count++}.zip`)

/** An entry whose two headers may lie. */
interface Lie {
  name: string
  data?: Uint8Array
  local?: Partial<EntryRecord>
  central?: Partial<EntryRecord>
}

function archiveOf(
  entries: Lie[],
  end: { count?: number; offset?: number; length?: number } = {},
): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, data = Uint8Array.of(1, 2, 3), local, central } of entries) {
    const record: EntryRecord = {
      name: Buffer.from(name),
      flags: 0x800,
      method: 0,
      modified: 0,
      crc32: crc32(data),
      length: data.length,
      size: data.length,
      external: 0,
      offset,
    }
    parts.push(localHeader({ ...record, ...local }), data)
    directory.push(centralHeader({ ...record, ...central }))
    offset += parts.at(-2)!.length + data.length
  }
  const length = directory.reduce((sum, record) => sum + record.length, 0)
  return Buffer.concat([
    ...parts,
    ...directory,
    endRecords(end.count ?? entries.length, end.offset ?? offset, end.length ?? length),
  ])
}

function storeOf(bytes: Uint8Array): ZipStore {
  const path = freshPath()
  writeFileSync(path, bytes)
  return new ZipStore(path)
}

describe('an archive is refused as a whole', () => {
  test.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'C:x',
    'c:\\x',
    'a\\b',
    'a\0b',
    './x',
    'a/./b',
    'a//b',
    '//x',
    '',
    '..',
    'a/..',
    'x'.repeat(4097),
  ])('with an entry named %j', async (name) => {
    await expect(storeOf(archiveOf([{ name: 'zarr.json' }, { name }])).get('zarr.json')).rejects.toThrow(
      IoError,
    )
  })

  test('with a name that is not UTF-8', async () => {
    const entry = { name: 'x', central: { name: Uint8Array.of(0xff, 0xfe) } }
    await expect(storeOf(archiveOf([entry])).get('x')).rejects.toThrow('is not UTF-8')
  })

  test.each([
    ['overlapping entries', archiveOf([{ name: 'a' }, { name: 'b', central: { offset: 0 } }]), 'overlap'],
    [
      'entries that share bytes',
      archiveOf([{ name: 'a', central: { length: 30 } }, { name: 'b' }]),
      'overlap',
    ],
    ['an entry beyond its data', archiveOf([{ name: 'a', central: { length: 300 } }]), 'beyond the end'],
    [
      'too few entries in the end record',
      archiveOf([{ name: 'a' }, { name: 'b' }], { count: 1 }),
      'more than the 1',
    ],
    ['too many entries in the end record', archiveOf([{ name: 'a' }], { count: 2 }), 'after 1 of 2 entries'],
    ['a directory elsewhere', archiveOf([{ name: 'a' }], { offset: 1 }), 'not where its end record says'],
    ['bytes after its end', Buffer.concat([archiveOf([{ name: 'a' }]), Buffer.alloc(3)]), 'no end record'],
    [
      'an end record inside its comment',
      Buffer.concat([archiveOf([{ name: 'a' }]).subarray(0, -2), Uint8Array.of(22, 0), endRecords(0, 0, 0)]),
      'two end records',
    ],
    [
      'a size that only ZIP64 could state',
      archiveOf([{ name: 'a', central: { length: 2 ** 60 } }]),
      'beyond the end',
    ],
  ])('with %s', async (_what, bytes, message) => {
    await expect(storeOf(bytes).get('a')).rejects.toThrow(message)
  })

  test('with more entries than is safe', async () => {
    await expect(storeOf(archiveOf([{ name: 'a' }], { count: 3_000_000 })).get('a')).rejects.toThrow(
      LimitError,
    )
  })
})

describe('an entry is refused by name', () => {
  const bomb = deflateRawSync(Buffer.alloc(1_000_000))
  test.each<[string, Lie, string]>([
    ['another name', { name: 'a', local: { name: Buffer.from('b') } }, 'another name'],
    ['another size', { name: 'a', local: { size: 4 } }, 'another size or checksum'],
    ['another length', { name: 'a', local: { length: 2 } }, 'another size or checksum'],
    ['another checksum', { name: 'a', local: { crc32: 7 } }, 'another size or checksum'],
    ['another method', { name: 'a', local: { method: 8 } }, 'another method'],
    [
      'a wrong checksum',
      { name: 'a', local: { crc32: 7 }, central: { crc32: 7 } },
      'do not match their CRC-32',
    ],
    [
      'a wrong size',
      { name: 'a', local: { size: 2 }, central: { size: 2 } },
      'has 3 bytes where its directory states 2',
    ],
    [
      'more than it states',
      { name: 'a', data: bomb, local: { method: 8, size: 100 }, central: { method: 8, size: 100 } },
      'its deflate data is damaged',
    ],
    [
      'broken data',
      { name: 'a', local: { method: 8 }, central: { method: 8 } },
      'its deflate data is damaged',
    ],
    [
      'a header elsewhere',
      { name: 'a', central: { offset: 2, length: 1, size: 1 } },
      'there is no entry where the directory says',
    ],
  ])('for %s', async (_what, entry, message) => {
    const store = storeOf(archiveOf([entry, { name: 'zarr.json' }]))
    await expect(store.get('a')).rejects.toThrow(ChunkCorruptError)
    await expect(store.get('a')).rejects.toThrow(message)
    expect(() => readLocated(store.locate('a')!)).toThrow(message)
    expect(await store.get('zarr.json')).toEqual(Uint8Array.of(1, 2, 3))
    await store.close()
  })

  test('for a method that is not known, or a size beyond reason', async () => {
    const method = { method: 99 }
    const size = { size: 2 ** 40, method: 8 }
    const store = storeOf(
      archiveOf([
        { name: 'method', local: method, central: method },
        { name: 'size', local: size, central: size },
      ]),
    )
    await expect(store.get('method')).rejects.toThrow(UnsupportedError)
    await expect(store.get('method')).rejects.toThrow('entries may be stored, deflate, bzip2, lzma')
    await expect(store.get('size')).rejects.toThrow(LimitError)
    await store.close()
  })
})

test('entries beyond four gigabytes are read', async () => {
  const path = freshPath()
  const far = 5 * 2 ** 30
  const value = Buffer.from('beyond')
  const record = (name: string, offset: number): EntryRecord => ({
    name: Buffer.from(name),
    flags: 0,
    method: 0,
    modified: 0,
    crc32: crc32(value),
    length: value.length,
    size: value.length,
    external: 0,
    offset,
  })
  const entries = [record('near', 0), record('far', far)]
  const directory = Buffer.concat(entries.map(centralHeader))
  const end = far + localHeader(entries[1]!).length + value.length
  // A file with a hole: it takes a few blocks of the disk.
  const fd = openSync(path, 'w')
  for (const entry of entries)
    writeSync(fd, Buffer.concat([localHeader(entry), value]), 0, null, entry.offset)
  writeSync(fd, Buffer.concat([directory, endRecords(2, end, directory.length)]), 0, null, end)
  closeSync(fd)
  const store = new ZipStore(path)
  expect(await store.get('far')).toEqual(new Uint8Array(value))
  expect(await store.get('near', { range: { offset: 2, length: 2 } })).toEqual(
    new Uint8Array(value.subarray(2, 4)),
  )
  expect(readLocated(store.locate('far')!)).toEqual(new Uint8Array(value))
  await store.close()
})

test('an archive that was cut anywhere is refused or read right', async () => {
  const path = freshPath()
  const writer = new ZipStore(path, { mode: 'w' })
  for (const [key, value] of Object.entries(SAMPLE)) await writer.set(key, value.subarray(0, 50))
  await writer.close()
  const size = readFileSync(path).length
  for (let length = size - 1; length >= 0; length -= 7) {
    const fd = openSync(path, 'r+')
    ftruncateSync(fd, length)
    closeSync(fd)
    await expect(new ZipStore(path).get('zarr.json'), String(length)).rejects.toThrow(IoError)
  }
})

test('flipped bits are refused or change nothing that is read', async () => {
  const path = freshPath()
  const writer = new ZipStore(path, { mode: 'w' })
  for (const [key, value] of Object.entries(SAMPLE)) await writer.set(key, value.subarray(0, 50))
  await writer.close()
  const good = readFileSync(path)
  const reader = new ZipStore(path)
  const expected = await contents(reader)
  await reader.close()
  const flips = fc.array(fc.nat(good.length * 8 - 1), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(flips, async (bits) => {
      const bytes = Buffer.from(good)
      for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7)
      const store = storeOf(bytes)
      for (const key of Object.keys(expected)) {
        const value = await store.get(key).catch((thrown: unknown) => thrown)
        if (value === undefined || value instanceof ZarrscopeError) continue
        expect(value, key).toEqual(expected[key])
        const located = store.locate(key)
        if (located) expect(readLocated(located), key).toEqual(expected[key])
      }
      await store.discard()
    }),
    { seed: 8, numRuns: 400 },
  )
})
