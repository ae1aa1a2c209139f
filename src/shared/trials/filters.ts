import type { DataTypeSpec } from '../dtype/spec'
import type { CandidateFacts } from './candidate-facts'

/** Filters that a matrix of candidates offers; "none" is no filter. */
export const FILTER_KINDS = ['none', 'delta', 'bitround', 'quantize', 'fixedscaleoffset'] as const
export type FilterKind = (typeof FILTER_KINDS)[number]

/** What the filters take as their parameters. */
export interface FilterParameters {
  /** Bits of the mantissa that bitround keeps. */
  keepBits: number
  /** Decimal places that quantize keeps. */
  digits: number
  /** What fixedscaleoffset stores numbers as: their range in the sample is spread over it. */
  scaledType: 'u1' | 'u2'
}

/** Bits and digits that suit the type where nobody chose any. */
export const usualParameters = (dtype: DataTypeSpec): FilterParameters => ({
  keepBits: dtype.kind === 'float' && dtype.format === 'float64' ? 23 : isSmall(dtype) ? 5 : 12,
  digits: 2,
  scaledType: 'u2',
})

/** Whether the filter may give back other numbers than it took. */
export const isLossyFilter = (filter: FilterKind, dtype: DataTypeSpec): boolean =>
  filter !== 'none' && !(filter === 'delta' && dtype.kind !== 'float')

/** Why the filter cannot be used for an array, in one sentence; undefined where it can. */
export function filterProblem(
  filter: FilterKind,
  { dtype, zarrFormat }: Pick<CandidateFacts, 'dtype' | 'zarrFormat'>,
): string | undefined {
  if (filter === 'none') return undefined
  if (zarrFormat === 1) return 'Format 1 has no filters.'
  const isFloat = dtype.kind === 'float' && ['float16', 'float32', 'float64'].includes(dtype.format)
  const isInteger = (dtype.kind === 'int' || dtype.kind === 'uint') && dtype.bits >= 8
  switch (filter) {
    case 'delta':
      return isFloat || isInteger ? undefined : 'Differences are for integers and floats.'
    case 'fixedscaleoffset':
      return isFloat || isInteger ? undefined : 'A scale and an offset are for integers and floats.'
    case 'bitround':
      return isFloat ? undefined : 'Bits are rounded away from floats only.'
    case 'quantize':
      return isFloat && !isSmall(dtype) ? undefined : 'Digits are rounded away from float32 and float64 only.'
  }
}

/** The filter as a text of the command line; undefined for none. */
export function filterText(filter: FilterKind, parameters: FilterParameters): string | undefined {
  switch (filter) {
    case 'none':
      return undefined
    case 'delta':
      return 'delta'
    case 'bitround':
      return `bitround:${parameters.keepBits}`
    case 'quantize':
      return `quantize:${parameters.digits}`
    case 'fixedscaleoffset':
      return `fixedscaleoffset:${parameters.scaledType}`
  }
}

const isSmall = (dtype: DataTypeSpec): boolean => dtype.kind === 'float' && dtype.format === 'float16'
