import type { ItemValue } from '@shared/dtype/data-type'
import type { Edit } from '@shared/model/edits'
import type { DimSlice } from '@shared/selection/selection'
import type { NewArrayOptions } from '../../nodes/creation/new-array-options'
import { valuesOf, whole, withArray } from './bench'

/** What cells are filled with. */
export type FillOf = Extract<Edit, { kind: 'fill' }>['fill']

/** The edit that fills a region of the array "a", or one field of its records. */
export const fill = (what: FillOf, dims: DimSlice[], field?: string): Edit => ({
  kind: 'fill',
  path: 'a',
  dims,
  fill: what,
  field,
})

/** The edit that fills the cells of a region that meet a condition. */
export const replace = (where: string, what: FillOf, dims: DimSlice[], field?: string): Edit => ({
  kind: 'replace',
  path: 'a',
  dims,
  where,
  fill: what,
  field,
})

export const constant = (text: string): FillOf => ({ kind: 'constant', text })
export const arange = (start: string, step: string): FillOf => ({ kind: 'arange', start, step })
export const linspace = (start: string, stop: string): FillOf => ({ kind: 'linspace', start, stop })
export const expression = (text: string): FillOf => ({ kind: 'expression', text })

/** The items of an array of zeros (or of the given ones) after an edit of all of it. */
export async function after(
  options: NewArrayOptions,
  make: (dims: DimSlice[]) => Edit,
  values?: ItemValue[],
): Promise<ItemValue[]> {
  const { edits, overlay } = await withArray(options, values)
  await edits.apply(make(whole(options.shape)))
  return valuesOf(overlay)
}

/** Options of an array in chunks of two items along every dimension. */
export const small = (dtype: NewArrayOptions['dtype'], shape = [5]): NewArrayOptions => ({
  shape,
  chunks: shape.map(() => 2),
  dtype,
})
