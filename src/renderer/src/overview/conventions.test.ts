import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'
import { expect, test } from 'vitest'
import { recogniseConventions } from './conventions'

const attributes = (text: string): JsonObject => parseJson(text).value as JsonObject
const recognised = (text: string): Record<string, string> =>
  Object.fromEntries(
    recogniseConventions(attributes(text), undefined).flatMap((c) =>
      c.facts.map((f) => [`${c.name}: ${f.label}`, f.value]),
    ),
  )

test('xarray dimensions and CF packing are read with numbers as stored', () => {
  expect(
    recognised(
      '{"_ARRAY_DIMENSIONS": ["time", "lat"], "units": "K", "scale_factor": 0.010, "_FillValue": NaN}',
    ),
  ).toEqual({
    'xarray: dimensions': 'time, lat',
    'CF: units': 'K',
    'CF: scale factor': '0.010',
    'CF: missing value': 'NaN',
  })
})

test.each([
  [
    '{"multiscales": [{"version": "0.4", "axes": [{"name": "z"}, {"name": "y"}], "datasets": [{"path": "0"}, {"path": "1"}]}]}',
    '0.4',
  ],
  [
    '{"ome": {"version": "0.5", "multiscales": [{"axes": [{"name": "z"}, {"name": "y"}], "datasets": [{"path": "0"}, {"path": "1"}]}]}}',
    '0.5',
  ],
])('OME multiscales are recognised: %s', (text, version) => {
  expect(recognised(text)).toMatchObject({
    'OME-Zarr: multiscales': '2 levels (0, 1)',
    'OME-Zarr: axes': 'z, y',
    'OME-Zarr: version': version,
  })
})

test('attributes of no convention, or of the wrong type, are nobody’s', () => {
  expect(recogniseConventions(attributes('{"title": "x", "multiscales": 5, "ome": []}'), undefined)).toEqual(
    [],
  )
})
