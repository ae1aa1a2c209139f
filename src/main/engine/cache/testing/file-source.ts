import { statSync } from 'node:fs'
import { join } from 'node:path'
import { chunkKey } from '../../chunks/keys'
import { stampOf } from '../../files/fs'
import { fileStat } from '../../files/node'
import type { StoredArray } from '../../pool/testing/stored-array'
import type { ReadSource } from '../read-types'

/** An array on disk as a directory store would offer it. */
export const fileSource = (array: StoredArray): ReadSource => ({
  ...array,
  key: (coords) => chunkKey({ name: 'default', separator: '/' }, coords),
  store: {
    locate: (key) => ({ kind: 'file', path: join(array.root, key) }),
    get: () => Promise.reject(new Error('nothing but located files is read')),
    stamp: async (key) => {
      const stat = statSync(join(array.root, key), { bigint: true, throwIfNoEntry: false })
      return stat && stampOf(fileStat(stat))
    },
  },
})
