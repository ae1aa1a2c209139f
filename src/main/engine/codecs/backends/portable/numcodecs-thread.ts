/** Thread that runs npm numcodecs, whose functions are asynchronous, for callers that wait. */
import { workerData } from 'node:worker_threads'
import { Blosc, LZ4, Zstd } from 'numcodecs'
import type { NumcodecsAnswer, NumcodecsRequest, NumcodecsThreadData } from './requests'

const CODECS = { blosc: Blosc, lz4: LZ4, zstd: Zstd }

const { port, signal } = workerData as NumcodecsThreadData
const answers = new Int32Array(signal)

port.on('message', (request: NumcodecsRequest) => {
  void answer(request).then((reply) => {
    port.postMessage(reply)
    Atomics.add(answers, 0, 1)
    Atomics.notify(answers, 0)
  })
})

async function answer({ codec, configuration, how, input }: NumcodecsRequest): Promise<NumcodecsAnswer> {
  try {
    const instance = CODECS[codec].fromConfig({ id: codec, ...configuration })
    return { output: await instance[how](input) }
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}
