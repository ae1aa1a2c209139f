import { expect, test } from 'vitest'
import { pathsOfArgv, pathsOfInstance } from './open-paths'

test.each([
  [['electron', '.', '--flag', 'a.zarr', '', '-x'], 2, ['/w/a.zarr']],
  [['zarrscope', '/abs/a.zarr', '../b'], 1, ['/abs/a.zarr', '/b']],
  [
    ['zarrscope', 'a/zarr.json', 'b/.zgroup', 'c/.zarray', 'd/.zmetadata', 'e/.zattrs'],
    1,
    ['/w/a', '/w/b', '/w/c', '/w/d', '/w/e'],
  ],
  [['zarrscope'], 1, []],
])('%j names the stores %3$j', (argv, appArguments, paths) => {
  expect(pathsOfArgv(argv, appArguments, '/w')).toEqual(paths)
})

test('what a second instance sends is checked', () => {
  expect(pathsOfInstance({ paths: ['/a'] })).toEqual(['/a'])
  for (const bad of [null, 3, {}, { paths: [1] }, { paths: Array<string>(101).fill('/x') }]) {
    expect(pathsOfInstance(bad)).toEqual([])
  }
})
