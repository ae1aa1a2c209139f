import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Expected } from './expected-values'

/** One array or node of a corpus with what must come out of it; see the README of a corpus. */
export interface CorpusCase {
  id: string
  oracle: string
  format: 1 | 2 | 3
  store: string
  store_kind: 'dir' | 'zip'
  path: string
  /** Zip stores whose entries share a prefix. */
  prefix?: string
  features: string[]
  expect: 'ok' | 'error'
  when?: 'open' | 'read'
  reason?: string
  shape?: number[]
  sha256?: string
  sha256_of?: string
  values?: Expected[]
  /** Flat index → value. */
  samples?: Record<string, Expected>
  selections?: CorpusSelection[]
  nchunks?: number
  initialized?: number
  nbytes?: number
  nbytes_stored?: number
  repr?: string
  tree?: Record<string, 'group' | 'array'>
  attributes?: Expected
  consolidated?: boolean
}

export interface CorpusSelection {
  method: 'basic' | 'oindex' | 'vindex' | 'mask' | 'blocks'
  sel: CorpusIndex[]
  shape: number[]
  sha256: string
  sha256_of: string
  values?: Expected[]
}

export type CorpusIndex =
  | number
  | '...'
  | { slice: [number | null, number | null, number | null] }
  | { index: NestedNumbers }
  | { mask: NestedNumbers }
export type NestedNumbers = (number | NestedNumbers)[]

/** The cases of an unpacked corpus. */
export const corpusCases = (folder: string): CorpusCase[] =>
  (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { cases: CorpusCase[] }).cases
