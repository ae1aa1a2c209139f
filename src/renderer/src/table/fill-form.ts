/** What the fill dialog asks for each way of filling, and the fill that it makes of the answers. */
import type { Fill, FileRef } from '@shared/model/edits'
import type { DataTypeSpec } from '@shared/dtype/spec'

export type FillKind = Fill['kind']

export interface FillTexts {
  constant: string
  start: string
  step: string
  stop: string
  distribution: 'uniform' | 'normal'
  low: string
  high: string
  seed: string
  expression: string
  file: FileRef | null
}

export const EMPTY_FILL: FillTexts = {
  constant: '',
  start: '0',
  step: '1',
  stop: '1',
  distribution: 'uniform',
  low: '0',
  high: '1',
  seed: '0',
  expression: 'x',
  file: null,
}

export const FILL_NAMES: Record<FillKind, string> = {
  constant: 'Constant',
  arange: 'Steps (arange)',
  linspace: 'Even spacing (linspace)',
  random: 'Random',
  expression: 'Expression',
  file: 'From a file',
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'uint', 'float', 'complex', 'datetime', 'timedelta'])

/** Ways of filling that make sense for a data type. */
export function fillKinds({ kind }: DataTypeSpec): FillKind[] {
  if (NUMBERS.has(kind)) return ['constant', 'arange', 'linspace', 'random', 'expression', 'file']
  if (kind === 'bool') return ['constant', 'random', 'expression', 'file']
  return ['constant', 'expression', 'file']
}

/** The fill that was asked for; a sentence where something is missing. */
export function fillOf(kind: FillKind, texts: FillTexts): Fill | string {
  const { constant, start, step, stop, distribution, low, high, seed, expression, file } = texts
  switch (kind) {
    case 'constant':
      return { kind, text: constant }
    case 'arange':
      return { kind, start, step }
    case 'linspace':
      return { kind, start, stop }
    case 'random': {
      const number = /^\d{1,15}$/.test(seed.trim()) ? Number(seed) : NaN
      if (!Number.isSafeInteger(number)) return 'The seed is a whole number from 0 on.'
      return { kind, distribution, low, high, seed: number }
    }
    case 'expression':
      return expression.trim() === '' ? 'Type an expression, such as x * 2 + i0.' : { kind, text: expression }
    case 'file':
      return file ? { kind, file } : 'Choose an .npy or .csv file.'
  }
}
