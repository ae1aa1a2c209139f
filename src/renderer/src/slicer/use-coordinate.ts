import { isNumeric, readNumbers } from '@shared/dtype/numbers'
import { dataType } from '@shared/dtype/registry'
import { jsonString } from '@shared/json/access'
import type { Exact } from '@shared/model/plots'
import type { NodeDetail } from '@shared/model/node'
import type { DimSlice } from '@shared/selection/selection'
import { useMemo } from 'react'
import { useRequest } from '../rpc/use-request'
import { cfPacking } from './cf-packing'
import { nodeAttributes } from './node-attributes'

/** What the places along a dimension stand for, where an array of the dimension's name says it. */
export interface Coordinate {
  /** "degrees_north"; null where it has none, or where its values read as dates. */
  units: string | null
  /** The label of an array index; null where it was not read. */
  label: (index: number) => string | null
}

/** Coordinates of longer dimensions are read at evenly spaced places only. */
const MOST_LABELS = 65_536
const MOST_TEXTS = 4096

/**
 * The coordinate of a dimension by xarray's and CF's rule: a one-dimensional array beside this one that is named as the
 * dimension and as long as it. Null while it is read, and where there is none.
 */
export function useCoordinate(
  store: string,
  node: Pick<NodeDetail, 'path' | 'array'>,
  dim: number | null,
): Coordinate | null {
  const name = dim === null ? null : (node.array?.dimensionNames?.[dim] ?? null)
  const length = dim === null ? 0 : (node.array?.shape[dim] ?? 0)
  const at = node.path.lastIndexOf('/')
  const isPlain = name !== null && name !== '' && !/[/\\\0]|^\.{1,2}$/.test(name)
  const path = isPlain ? (at < 0 ? name : `${node.path.slice(0, at)}/${name}`) : null
  // An index array of itself says nothing.
  const found = useRequest('node.get', path === null || path === node.path ? null : { store, path })
  const array = found.data?.array
  const fits = array?.readable === true && array.shape.length === 1 && array.shape[0] === length && length > 0
  const numeric = fits && array.dtype !== null && isNumeric(array.dtype)
  const every = Math.ceil(length / MOST_LABELS)
  const whole: DimSlice = { start: 0, step: 1, count: length }
  const numbers = useRequest(
    'array.overview',
    numeric && path !== null
      ? { store, path, dims: [whole], most: [MOST_LABELS], budgetBytes: 2 ** 28 }
      : null,
  ).data
  const texts = useRequest(
    'array.read',
    fits && !numeric && path !== null && length <= MOST_TEXTS ? { store, path, dims: [whole] } : null,
  ).data

  return useMemo(() => {
    if (!found.data) return null
    const attributes = nodeAttributes(found.data.attributesJson)
    const packing = cfPacking(attributes)
    const units = packing?.time ? null : (jsonString(attributes.get('units')) ?? null)
    if (numbers) {
      const values = readNumbers(numbers.dtype, numbers.data)
      const step = numbers.dims[0]?.step ?? every
      const type = dataType(numbers.dtype)
      const show = (value: Exact): string => {
        if (packing?.time) return packing.time(decoded(value, packing)) ?? String(value)
        if (packing && (packing.scale !== 1 || packing.offset !== 0))
          return String(Number((Number(value) * packing.scale + packing.offset).toPrecision(12)))
        return type.spec.kind === 'complex' ? String(value) : type.format(value)
      }
      const label = (index: number): string | null => {
        const value = index % step === 0 ? values[index / step] : undefined
        return value === undefined ? null : show(value).replace(/\.0$/, '')
      }
      return { units, label }
    }
    if (!texts) return null
    const type = dataType(texts.dtype)
    const { data, offsets } = texts
    const size = type.itemsize ?? 0
    const label = (index: number): string | null => {
      if (index < 0 || index >= (texts.shape[0] ?? 0)) return null
      return offsets
        ? type.format(type.read(data, offsets[index] ?? 0, offsets[index + 1] ?? 0))
        : type.format(type.read(data, index * size))
    }
    return { units, label }
  }, [found.data, numbers, texts, every])
}

const decoded = (value: Exact, { scale, offset }: { scale: number; offset: number }): Exact =>
  scale === 1 && offset === 0 ? value : Number(value) * scale + offset
