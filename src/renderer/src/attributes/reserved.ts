import type { AttributeChange } from '@shared/model/edits'

/** Keys that conventions give a meaning, with what they mean. */
const RESERVED: Record<string, string> = {
  _ARRAY_DIMENSIONS: 'xarray: names of the dimensions',
  _FillValue: 'CF: stored values that mean "missing"',
  missing_value: 'CF: stored values that mean "missing"',
  scale_factor: 'CF: the value is stored × scale_factor + add_offset',
  add_offset: 'CF: the value is stored × scale_factor + add_offset',
  units: 'CF: unit of the values',
  calendar: 'CF: calendar of a time coordinate',
  coordinates: 'CF: names of auxiliary coordinates',
  standard_name: 'CF: name from the standard name table',
  multiscales: 'OME-Zarr: image pyramid',
  omero: 'OME-Zarr: how to display the channels',
  ome: 'OME-Zarr 0.5: metadata of the image',
  plate: 'OME-Zarr: high-content screening plate',
  'image-label': 'OME-Zarr: label image',
}

/** What a convention says about an attribute; undefined for all others. */
export const meaningOf = (name: string): string | undefined =>
  Object.hasOwn(RESERVED, name) ? RESERVED[name] : undefined

/** Why a change should be asked about first: it removes or renames what a convention relies on. */
export function isProblemOf({ op, path }: AttributeChange): string | null {
  const [name] = path
  if (path.length !== 1 || typeof name !== 'string' || (op !== 'delete' && op !== 'rename')) return null
  const meaning = meaningOf(name)
  return meaning === undefined
    ? null
    : `Other programs rely on "${name}" (${meaning}). Without it they may read this node differently or not at all.`
}
