import { UsageError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'

type Method = Extract<keyof Handlers, `trials.${string}`>

const absent = (): never => {
  throw new UsageError('The sample host makes no trials.')
}

/** Trials of the host that tests and screenshots use. */
export const fakeTrials = (): Pick<Handlers, Method> => ({
  'trials.sample': absent,
  'trials.codecs': absent,
  'trials.chunks': absent,
  'trials.measureLayout': absent,
  'trials.scripts': absent,
  'trials.advice': absent,
})
