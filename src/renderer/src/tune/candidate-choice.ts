import { choiceTexts, presetChoice, type CandidateMatrix, type PresetName } from '@shared/trials/candidates'
import { splitCandidates } from '@shared/trials/split-text'
import { factsOf, type LabProps } from './lab-props'
import type { CandidateSettings, TuneState } from './tune-state'

type Array = Pick<LabProps, 'node' | 'array'>

/** A preset as settings that can be changed from there. */
export const presetSettings = (preset: PresetName, of: Array): CandidateSettings => ({
  preset,
  matrix: null,
  others: presetChoice(preset, factsOf(of)).others.join(', '),
})

/** The settings, which begin as the usual preset. */
export const candidatesOf = ({ candidates }: Pick<TuneState, 'candidates'>, of: Array): CandidateSettings =>
  candidates ?? presetSettings('usual', of)

export const matrixOf = ({ matrix, preset }: CandidateSettings, of: Array): CandidateMatrix =>
  matrix ?? presetChoice(preset ?? 'usual', factsOf(of)).matrix

/** Every candidate text that is chosen, each once. */
export const textsOf = (settings: CandidateSettings, of: Array): string[] =>
  choiceTexts({ matrix: matrixOf(settings, of), others: splitCandidates(settings.others) }, factsOf(of))

/** The settings with one candidate more; alone with the present setting where nothing was chosen before. */
export function withCandidate(
  settings: CandidateSettings | null,
  text: string,
  of: Array,
): CandidateSettings {
  if (!settings) {
    const alone = presetSettings('usual', of)
    return { preset: null, matrix: { ...matrixOf(alone, of), compressors: [] }, others: text }
  }
  const others = splitCandidates(settings.others).filter((other) => other !== text)
  return { ...settings, others: [text, ...others].join(', ') }
}
