import type { Handlers } from '@shared/rpc/handlers'
import { adviseOn } from '@engine/trials/advice'
import { runChunkTrials } from '@engine/trials/chunk-trials'
import { runCodecTrials } from '@engine/trials/codec-trials'
import { layoutScripts } from '@engine/trials/layout-scripts'
import { measureLayout } from '@engine/trials/measure-layout'
import { sampleTrial } from '@engine/trials/sample-trial'
import type { Sessions } from './sessions'

type Method = Extract<keyof Handlers, `trials.${string}`>

/** The compression and chunk laboratory. Trials read the opened store and write to memory only. */
export function trialHandlers(sessions: Sessions): Pick<Handlers, Method> {
  return {
    'trials.sample': async ({ store, path, sample }, { signal }) =>
      sampleTrial(await sessions.get(store).array(path, { signal }), sample, { signal }),
    'trials.codecs': async ({ store, path, candidates, sample }, { signal, progress }) => {
      const array = await sessions.get(store).array(path, { signal })
      return runCodecTrials(array, sample, { candidates, signal, onProgress: progress })
    },
    'trials.chunks': async ({ store, path, patterns, shapes, generated, ratio }, { signal }) => {
      const array = await sessions.get(store).array(path, { signal })
      return runChunkTrials(array, { patterns, shapes, generated, ratio, signal })
    },
    'trials.measureLayout': async (
      { store, path, chunks, shards, patterns, codec, budgetBytes },
      { signal, progress },
    ) => {
      const array = await sessions.get(store).array(path, { signal })
      return measureLayout(
        array,
        { chunks, shards },
        { patterns, codec, budgetBytes, signal, onProgress: progress },
      )
    },
    'trials.scripts': async ({ store, path, layout }, { signal }) =>
      layoutScripts(await sessions.get(store).array(path, { signal }), layout),
    'trials.advice': async ({ store, path, sample }, { signal }) =>
      adviseOn(await sessions.get(store).array(path, { signal }), sample, { signal }),
  }
}
