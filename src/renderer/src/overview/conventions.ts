import { jsonArray, jsonObject, jsonString } from '@shared/json/access'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ArrayDetail } from '@shared/model/node'
import { valueText } from '../attributes/rows'

/** A convention that the attributes of a node follow, and what it says there. */
export interface Convention {
  name: string
  facts: { label: string; value: string }[]
}

/** What is recognised in the attributes: xarray dimensions, CF units and packing, OME multiscales. */
export function recogniseConventions(attributes: JsonObject, array: ArrayDetail | undefined): Convention[] {
  return [xarray(attributes, array), cf(attributes), ome(attributes)].filter((c) => c.facts.length > 0)
}

function xarray(attributes: JsonObject, array: ArrayDetail | undefined): Convention {
  const listed = jsonArray(attributes.get('_ARRAY_DIMENSIONS'))?.map((n) => jsonString(n) ?? valueText(n))
  const names = listed ?? array?.dimensionNames?.map((n) => n ?? '–')
  const facts: Convention['facts'] = []
  if (names && names.length > 0) facts.push({ label: 'dimensions', value: names.join(', ') })
  const coordinates = jsonString(attributes.get('coordinates'))
  if (coordinates) facts.push({ label: 'coordinates', value: coordinates })
  return { name: listed ? 'xarray' : 'dimension names', facts }
}

const CF_KEYS: readonly (readonly [key: string, label: string])[] = [
  ['Conventions', 'conventions'],
  ['standard_name', 'standard name'],
  ['long_name', 'long name'],
  ['units', 'units'],
  ['calendar', 'calendar'],
  ['scale_factor', 'scale factor'],
  ['add_offset', 'add offset'],
  ['_FillValue', 'missing value'],
  ['grid_mapping', 'grid mapping'],
  ['cell_methods', 'cell methods'],
]

function cf(attributes: JsonObject): Convention {
  return { name: 'CF', facts: picked(attributes, CF_KEYS) }
}

function ome(attributes: JsonObject): Convention {
  const inner = jsonObject(attributes.get('ome'))
  const source = inner ?? attributes
  const facts: Convention['facts'] = []
  const version = jsonString(inner?.get('version'))
  for (const image of jsonArray(source.get('multiscales')) ?? []) {
    const scales = jsonObject(image)
    if (!scales) continue
    const levels = jsonArray(scales.get('datasets')) ?? []
    const paths = levels.map((l) => jsonString(jsonObject(l)?.get('path')) ?? '?')
    const axes = (jsonArray(scales.get('axes')) ?? []).map(
      (a) => jsonString(jsonObject(a)?.get('name')) ?? jsonString(a),
    )
    const name = jsonString(scales.get('name'))
    facts.push({ label: 'multiscales', value: `${levels.length} levels (${paths.join(', ')})` })
    if (name) facts.push({ label: 'image', value: name })
    if (axes.length > 0) facts.push({ label: 'axes', value: axes.map((a) => a ?? '?').join(', ') })
    const own = version ?? jsonString(scales.get('version'))
    if (own) facts.push({ label: 'version', value: own })
  }
  if (jsonObject(source.get('plate'))) facts.push({ label: 'plate', value: 'high-content screening plate' })
  const labels = jsonArray(source.get('labels'))
  if (labels) facts.push({ label: 'labels', value: labels.map((l) => valueText(l)).join(', ') })
  return { name: 'OME-Zarr', facts }
}

function picked(
  attributes: JsonObject,
  keys: readonly (readonly [string, string])[],
): { label: string; value: string }[] {
  return keys.flatMap(([key, label]) => {
    const value: JsonValue | undefined = attributes.get(key)
    return value === undefined ? [] : [{ label, value: valueText(value) }]
  })
}
