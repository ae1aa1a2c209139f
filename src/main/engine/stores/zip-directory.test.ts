import { describe, expect, test } from 'vitest'
import { ZipDirectory } from './zip-directory'
import { LOCAL_SIZE } from './zip-format'
import { centralHeader } from './zip-records'

const ENTRIES = 160_000
const LENGTH = 10

/** A directory of several pieces, of empty values; every entry's value lies after that of the one before. */
function largeDirectory(nameOf: (i: number) => string): { bytes: Uint8Array; end: number } {
  let offset = 0
  const records = Array.from({ length: ENTRIES }, (_, i) => {
    const name = Buffer.from(nameOf(i))
    const facts = { flags: 0, method: 0, modified: 0, crc32: 0, external: 0 }
    const record = centralHeader({ ...facts, name, size: LENGTH, length: LENGTH, offset })
    offset += LOCAL_SIZE + name.length + LENGTH
    return record
  })
  return { bytes: Buffer.concat(records), end: offset }
}

/** The directory as it is read from a file in which it begins at `end`. */
async function read(
  { bytes, end }: { bytes: Uint8Array; end: number },
  entries = ENTRIES,
): Promise<{ directory: ZipDirectory; reads: number }> {
  let reads = 0
  const span = { offset: end, length: bytes.length, entries }
  const directory = await ZipDirectory.read('a.zip', span, async (target, offset) => {
    reads++
    await Promise.resolve()
    target.set(bytes.subarray(offset - end, offset - end + target.length))
  })
  return { directory, reads }
}

describe('a directory that is read in several pieces', () => {
  test('holds every entry, of those with one name the last', async () => {
    const { directory, reads } = await read(largeDirectory((i) => `a/${i === ENTRIES - 1 ? 5 : i}`))
    expect(reads).toBeGreaterThan(1)
    // Before the table of names is made, while it is made, and with it.
    const offsets = Array.from({ length: 40 }, () => directory.entry(directory.find('a/5')).offset)
    const last = directory.entry(directory.find('a/5')).offset
    expect(last).toBeGreaterThan(directory.entry(directory.find('a/77777')).offset)
    expect(offsets).toEqual(Array<number>(40).fill(last))
    expect(directory.find('a/none')).toBe(-1)
    expect(directory.count).toBe(ENTRIES - 1)
    const names = Array.from({ length: directory.count }, (_, number) => directory.nameOf(number))
    expect(names).toEqual(Array.from({ length: ENTRIES - 1 }, (_, i) => `a/${i}`))
    expect(directory.find('a/77777')).toBe(77_777)
    expect(directory.entry(5).offset).toBeGreaterThan(directory.entry(ENTRIES - 2).offset)
  })

  test.each([0, 80_000, ENTRIES - 1])('is refused for the name of entry %i', async (bad) => {
    const directory = largeDirectory((i) => (i === bad ? '../up' : `a/${i}`))
    await expect(read(directory)).rejects.toThrow('lead out of the store')
  })

  test('is refused where it ends early or late', async () => {
    const directory = largeDirectory((i) => `a/${i}`)
    await expect(read(directory, ENTRIES + 1)).rejects.toThrow(`after ${ENTRIES} of ${ENTRIES + 1}`)
    await expect(read(directory, ENTRIES - 1)).rejects.toThrow('holds more than')
    const { bytes, end } = directory
    await expect(read({ bytes: bytes.subarray(0, -1), end })).rejects.toThrow('ends after')
  })
})
