import { AbortedError, fromErrorBody, LimitError } from '@shared/errors'
import type { BlockPart } from '@shared/model/block'
import type { Selection } from '@shared/selection/selection'
import { outputLayout, type OutputLayout } from '../chunks/project'
import type { CodecExecutor } from '../pool/executor'
import { MAX_RESULT_BYTES, RESULT_BYTES } from '../pool/limits'
import { assembleVariable, type VariablePart } from './assemble-variable'
import { partBoxes } from './block-parts'
import { chunkPlaces } from './chunk-places'
import type { ChunkRequest } from './chunk-request'
import { answerAtOnce } from './kept-chunk'
import { newBuffer } from './new-buffer'
import { othersTurn } from './others-turn'
import { readChunks, type ChunkAnswer } from './read-chunks'
import type { ReadFailure, ReadOptions, ReadResult, ReadSource } from './read-types'

export type { ReadFailure, ReadOptions, ReadResult, ReadSource } from './read-types'

/**
 * Reads a selection of an array: projects it on the chunks, has the executor read, decode and scatter them, and says
 * what every chunk answered. One bad chunk never fails the others.
 *
 * Throws UnsupportedError or MetadataError where the codecs cannot be bound, LimitError where the result is too large,
 * IoError where the store cannot be asked, AbortedError; no thread uses `out` any more then.
 */
export async function readSelection(
  source: ReadSource,
  selection: Selection,
  executor: CodecExecutor,
  options: ReadOptions = {},
): Promise<ReadResult> {
  if (options.signal?.aborted) throw new AbortedError()
  const chunks = chunkPlaces(source)
  const layout = outputLayout(selection)
  const request: ChunkRequest = { source, chunks, selection, executor, options }
  const result = await (chunks.itemsize === null
    ? readVariable(request, layout)
    : readFixed(request, layout, layout.items * chunks.itemsize))
  const turn = othersTurn()
  if (turn) await turn
  return result
}

async function readFixed(request: ChunkRequest, layout: OutputLayout, bytes: number): Promise<ReadResult> {
  const { buffer, byteOffset } = request.options.out ?? { buffer: newBuffer(bytes), byteOffset: 0 }
  if (byteOffset + bytes > buffer.byteLength) {
    throw new LimitError('The size of the result, in bytes,', bytes, buffer.byteLength - byteOffset)
  }
  const found = description(layout)
  const target = { buffer, byteOffset, strides: layout.strides, isNew: request.options.out === undefined }
  const answers = { target, answer: found.add }
  if (!answerAtOnce(request, bytes, answers)) await readChunks(request, answers)
  return { data: new Uint8Array(buffer, byteOffset, bytes), ...found.result }
}

async function readVariable(request: ChunkRequest, layout: OutputLayout): Promise<ReadResult> {
  const found = description(layout)
  const { maxBytes = MAX_RESULT_BYTES } = request.options
  const parts: VariablePart[] = []
  let bytes = 0
  const answer = (chunk: ChunkAnswer): void => {
    bytes += chunk.items?.data.length ?? 0
    if (bytes > maxBytes) throw new LimitError(RESULT_BYTES, 'larger', maxBytes)
    const { error } = chunk.outcome
    if (error?.fields['what'] === RESULT_BYTES) throw fromErrorBody(error)
    found.add(chunk)
    parts.push(chunk)
  }
  await readChunks(request, { target: undefined, answer })
  const fill = request.source.fill ?? new Uint8Array()
  return { ...assembleVariable(parts, layout, fill, maxBytes), ...found.result }
}

/** Collects what the chunks answer. */
function description(layout: OutputLayout): {
  add: (answer: ChunkAnswer) => void
  result: Pick<ReadResult, 'shape' | 'parts' | 'failures'>
} {
  const parts: BlockPart[] = []
  const failures: ReadFailure[] = []
  return {
    add: ({ projection, key, outcome }) => {
      const { coords } = projection
      const { state, error } = outcome
      for (const { start, shape } of partBoxes(projection, layout)) {
        const part: BlockPart = { start, shape, state, key, coords }
        if (error) part.error = error.message
        parts.push(part)
      }
      if (error) failures.push({ key, coords, error })
    },
    result: { shape: layout.shape, parts, failures },
  }
}
