import { UsageError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'

type Method = Extract<keyof Handlers, `trials.${string}`>

const absent = (): never => {
  throw new UsageError('Trials are not available in this build.')
}

/** The compression and chunk laboratory. */
export const trialHandlers = (): Pick<Handlers, Method> => ({
  'trials.codecs': absent,
  'trials.chunks': absent,
  'trials.measureLayout': absent,
  'trials.advice': absent,
})
