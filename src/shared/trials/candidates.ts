import { itemSize } from '../dtype/itemsize'
import type { DataTypeSpec } from '../dtype/spec'
import type { CandidateFacts } from './candidate-facts'
import {
  compressorIds,
  compressorProblem,
  compressorTexts,
  type CompressorId,
  type Level,
  type Shuffle,
} from './compressors'
import {
  FILTER_KINDS,
  filterProblem,
  filterText,
  isLossyFilter,
  usualParameters,
  type FilterKind,
  type FilterParameters,
} from './filters'

/** Choices whose every combination is a candidate: compressors × levels × shuffles × filters × orders. */
export interface CandidateMatrix {
  compressors: readonly CompressorId[]
  levels: readonly Level[]
  /** Of blosc. */
  shuffles: readonly Shuffle[]
  filters: readonly FilterKind[]
  parameters: FilterParameters
  orders: readonly ('C' | 'F')[]
}

/** The combinations as candidate texts, each once; what the array's type and format exclude is left out. */
export function matrixTexts(matrix: CandidateMatrix, facts: CandidateFacts): string[] {
  const shuffles = matrix.shuffles.filter((shuffle) => shuffle !== 'shuffle' || hasBytesToShuffle(facts))
  const compressors = compressorIds
    .filter((id) => matrix.compressors.includes(id) && !compressorProblem(id, facts.zarrFormat))
    .flatMap((id) => compressorTexts(id, matrix.levels, shuffles))
  const filters = FILTER_KINDS.filter(
    (filter) => matrix.filters.includes(filter) && !filterProblem(filter, facts),
  ).map((filter) => filterText(filter, matrix.parameters))
  const orders = ordersFor(facts).filter((order) => matrix.orders.includes(order))
  const texts = orders.flatMap((order) =>
    filters.flatMap((filter) =>
      compressors.map((compressor) => chain(order === facts.order ? undefined : order, filter, compressor)),
    ),
  )
  return [...new Set(texts)]
}

export const PRESETS = ['quick', 'usual', 'thorough'] as const
export type PresetName = (typeof PRESETS)[number]

/** A matrix, and candidates that stand beside it. */
export interface CandidateChoice {
  matrix: CandidateMatrix
  others: readonly string[]
}

const SHUFFLES: readonly Shuffle[] = ['noshuffle', 'shuffle', 'bitshuffle']

/**
 * Choices that suit an array: the few that are mostly right, every compressor as it is mostly used, or with filters
 * and both orders as well. What loses bits comes last, and for floats only.
 */
export function presetChoice(name: PresetName, facts: CandidateFacts): CandidateChoice {
  const matrix: CandidateMatrix = {
    compressors: compressorIds.filter((id) => !compressorProblem(id, facts.zarrFormat)),
    levels: ['usual'],
    shuffles: SHUFFLES,
    filters: ['none'],
    parameters: usualParameters(facts.dtype),
    orders: [facts.order],
  }
  const able = (texts: readonly string[]): string[] => (facts.zarrFormat === 1 ? [] : [...texts])
  switch (name) {
    case 'quick':
      return {
        matrix: {
          ...matrix,
          compressors: [
            'none',
            'blosc:lz4',
            'blosc:zstd',
            ...(facts.zarrFormat === 1 ? [] : ['zstd' as const]),
          ],
          shuffles: SHUFFLES.slice(1),
        },
        others: [],
      }
    case 'usual':
      return {
        matrix,
        others: [
          ...SHUFFLES.filter((shuffle) => shuffle !== 'shuffle' || hasBytesToShuffle(facts)).flatMap(
            (shuffle) => [`blosc:zstd:1:${shuffle}`, `blosc:zstd:9:${shuffle}`],
          ),
          ...able(['zstd:9']),
          ...exactFilters(facts).flatMap((filter) => [`${filter}+zstd:3`, `${filter}+blosc:zstd:5:shuffle`]),
          ...ownFilter(facts),
          ...ordersFor(facts)
            .filter((order) => order !== facts.order)
            .map((order) => `${order}+blosc:zstd:3:shuffle`),
          ...lossyTexts(facts),
        ],
      }
    case 'thorough':
      return {
        matrix: {
          ...matrix,
          levels: [1, 'usual', 9],
          filters: FILTER_KINDS.filter(
            (filter) => !isLossyFilter(filter, facts.dtype) && !filterProblem(filter, facts),
          ),
          orders: ordersFor(facts),
        },
        others: [...ownFilter(facts), ...lossyTexts(facts)],
      }
  }
}

/** All candidate texts of a choice, each once. */
export const choiceTexts = ({ matrix, others }: CandidateChoice, facts: CandidateFacts): string[] => [
  ...new Set([...matrixTexts(matrix, facts), ...others]),
]

/** Orders that store different bytes. */
export const ordersFor = ({ rank, order }: CandidateFacts): ('C' | 'F')[] =>
  rank > 1 ? [order, order === 'C' ? 'F' : 'C'] : [order]

/** Single bytes have none to be shuffled. */
export function hasBytesToShuffle({ dtype }: Pick<CandidateFacts, 'dtype'>): boolean {
  const size = itemSize(dtype)
  return size !== null && size > 1
}

function chain(order: 'C' | 'F' | undefined, filter: string | undefined, compressor: string): string {
  const codecs = [filter, compressor === 'none' ? undefined : compressor].filter((text) => text !== undefined)
  return [...(order ? [order] : []), ...(codecs.length === 0 ? ['none'] : codecs)].join('+')
}

const exactFilters = (facts: CandidateFacts): string[] =>
  facts.dtype.kind === 'float' || filterProblem('delta', facts) ? [] : ['delta']

/** lzma has a delta filter of its own, which works on bytes as far apart as items. */
function ownFilter({ dtype, zarrFormat }: CandidateFacts): string[] {
  const size = itemSize(dtype)
  if (zarrFormat === 1 || size === null || size < 1 || size > 256 || isOpaque(dtype)) return []
  return [
    `{"id":"lzma","format":1,"check":-1,"preset":null,"filters":[{"id":3,"dist":${size}},{"id":33,"preset":6}]}`,
  ]
}

const isOpaque = ({ kind }: DataTypeSpec): boolean => !['bool', 'int', 'uint', 'float'].includes(kind)

function lossyTexts(facts: CandidateFacts): string[] {
  if (facts.dtype.kind !== 'float') return []
  const usual = usualParameters(facts.dtype)
  const rough = { ...usual, keepBits: Math.ceil(usual.keepBits / 2) }
  const texts = (
    [
      ['bitround', usual],
      ['bitround', rough],
      ['quantize', usual],
      ['fixedscaleoffset', usual],
    ] as const
  )
    .filter(([filter]) => !filterProblem(filter, facts))
    .map(([filter, parameters]) => filterText(filter, parameters))
  return texts.map((filter) => `${filter}+blosc:zstd:5:shuffle`)
}
