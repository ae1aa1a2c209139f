import { expect, test } from 'vitest'
import { tellsOfChanges } from './told-changes'

const onLinux = test.skipIf(process.platform !== 'linux')

onLinux.each([
  ['ext4', 0xef53, true],
  // As a signed number, which statfs may give.
  ['Btrfs', 0x9123683e | 0, true],
  ['NFS', 0x6969, false],
  ['SMB', 0xff534d42, false],
  ['FUSE', 0x65735546, false],
  ['overlay', 0x794c7630, false],
  ['a new one', 0x12345678, false],
])('the system tells of changes on %s: %#x', async (_, type, expected) => {
  expect(await tellsOfChanges('/data', async () => type)).toBe(expected)
})

test('nobody knows of a path that is not there', async () => {
  expect(await tellsOfChanges('/nowhere/at/all')).toBe(false)
})
