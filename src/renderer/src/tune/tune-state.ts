import type { CodecRow, CodecSetting, LayoutTrial } from '@shared/model/trials'
import type { CandidateMatrix, PresetName } from '@shared/trials/candidates'
import type { StoreApi, UseBoundStore } from 'zustand'
import { perNode } from '../state/per-node'
import type { PatternDraft } from './pattern-drafts'
import type { Sort } from './sort-rows'

/** Numbers as they are typed; the sample is asked for once they rest. */
export interface SampleSettings {
  chunks: number
  budgetMiB: number
  seed: number
}

/** Which candidates are tried. */
export interface CandidateSettings {
  preset: PresetName | null
  /** Null: the preset's. */
  matrix: CandidateMatrix | null
  /** Candidate texts beside the matrix, joined by commas. */
  others: string
}

/** A trial on its way, how far it is, and how it ended. */
export interface Running {
  name: string
  done: number
  total: number
  cancel: () => void
}

export interface ChosenSetting {
  name: string
  setting: CodecSetting
  ratio: number | null
  /** The setting that the array has: applying it changes nothing. */
  present: boolean
  warning?: string | undefined
}

export interface ChosenLayout {
  chunks: number[]
  shards: number[] | null
  present: boolean
}

export interface TuneState {
  part: 'codecs' | 'chunks'
  /** Null until the person folds or unfolds it. */
  adviceOpen: boolean | null

  sample: SampleSettings
  candidates: CandidateSettings | null
  /** The matrix is unfolded. */
  matrixOpen: boolean
  /** Rows by candidate text, for each sample that something was measured on (see `resultsKey`). */
  results: Readonly<Record<string, Readonly<Record<string, CodecRow>>>>
  /** Once asked for, trials follow changes until they are cancelled. */
  following: boolean
  codecRun: Running | null
  codecError: unknown
  codecSort: Sort | null

  patterns: PatternDraft[] | null
  /** A shape that is being typed, and those that were kept. */
  typedShape: string
  shapes: readonly string[]
  generated: boolean
  chunkSort: Sort | null
  /** Trial copies by what they were made of (see `trialKey`). */
  layoutTrials: Readonly<Record<string, LayoutTrial>>
  copyMiB: number
  layoutRun: (Running & { key: string }) | null
  layoutError: { of: string; error: unknown } | null

  chosen: ChosenSetting | null
  layout: ChosenLayout | null
  set: (change: Partial<Omit<TuneState, 'set'>>) => void
}

export type TuneStore = UseBoundStore<StoreApi<TuneState>>

/** What the Tune view of an array remembers while its store is open. */
export const tuneState = perNode<TuneState>((set) => ({
  part: 'codecs',
  adviceOpen: null,
  sample: { chunks: 16, budgetMiB: 64, seed: 0 },
  candidates: null,
  matrixOpen: false,
  results: {},
  following: false,
  codecRun: null,
  codecError: null,
  codecSort: null,
  patterns: null,
  typedShape: '',
  shapes: [],
  generated: true,
  chunkSort: null,
  layoutTrials: {},
  copyMiB: 64,
  layoutRun: null,
  layoutError: null,
  chosen: null,
  layout: null,
  set: (change) => set(change),
}))
