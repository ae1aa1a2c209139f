import { expect, test } from 'vitest'
import { JsonFloat } from '@shared/json/value'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import type { JobMessage } from './messages'
import { ReceivedPipelines, SentPipelines } from './sent-pipelines'

const pipeline = (length: number): PipelineSpec => ({
  dtype: { kind: 'float', format: 'float64' },
  shape: [length],
  fill: null,
  codecs: [{ name: 'numcodecs.quantize', configuration: new Map([['digits', new JsonFloat('3.0')]]) }],
})
const message = (job: object): JobMessage => ({
  id: 1,
  operation: 'read',
  job,
  control: new SharedArrayBuffer(8),
  worker: 1,
})
const pipelineOf = (job: unknown): PipelineSpec => (job as { pipeline: PipelineSpec }).pipeline

test('a pipeline crosses once and is the same object, its numbers as written, in every later job', () => {
  const [sent, received, spec] = [new SentPipelines(), new ReceivedPipelines(), pipeline(3)]
  const first = sent.shortened(message({ pipeline: spec, tasks: [] }))
  const again = sent.shortened(message({ pipeline: spec, tasks: [1] }))
  expect(again.job).toEqual({ tasks: [1] })
  const arrived = pipelineOf(received.completed(structuredClone(first)))
  expect(arrived).toEqual(spec)
  expect(arrived.codecs[0]!.configuration.get('digits')).toBeInstanceOf(JsonFloat)
  const later = received.completed(structuredClone(again))
  expect(pipelineOf(later)).toBe(arrived)
  expect(later).toMatchObject({ tasks: [1] })
})

test('both sides forget together, and nothing is lost by it', () => {
  const [sent, received] = [new SentPipelines(), new ReceivedPipelines()]
  const specs = Array.from({ length: 600 }, (_, i) => pipeline(i))
  for (const spec of [...specs, ...specs])
    expect(
      pipelineOf(received.completed(structuredClone(sent.shortened(message({ pipeline: spec }))))).shape,
    ).toEqual(spec.shape)
})

test('a job without a pipeline stays as it is', () => {
  const job = { root: '/x' }
  expect(new ReceivedPipelines().completed(new SentPipelines().shortened(message(job)))).toBe(job)
})
