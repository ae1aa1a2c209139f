import { toErrorBody, ZarrscopeError, UsageError } from '@shared/errors'
import { stringifyJson } from '@shared/json/stringify'
import type { CodecSetting } from '@shared/model/trials'
import { checkPipeline } from '../codecs/pipeline'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import { writeArrayDocuments } from '../metadata/write-documents'
import type { ZarrArray } from '../nodes/array'
import { derivedOptions } from '../nodes/copying/derived-options'
import { resolveNewArray, type NewArrayOptions } from '../nodes/creation/new-array-options'
import { parseDocuments } from '../nodes/documents'
import { codecText } from './codec-name'

export type Binding = { setting: CodecSetting } & (
  | { pipeline: PipelineSpec; refused?: undefined }
  /** One sentence. */
  | { pipeline?: undefined; refused: string }
)

/**
 * The pipeline that an array with this setting would get if it were created, for chunks of the given shape: its
 * documents are composed and parsed as those of a new array are, and every codec is bound. Nothing is written.
 */
export function bindSetting(array: ZarrArray, setting: CodecSetting, chunkShape: readonly number[]): Binding {
  try {
    const { order, filters, compressor } = setting
    const pipeline = pipelineOf(array, chunkShape, { order, filters, compressor })
    return { setting, pipeline }
  } catch (error) {
    if (!(error instanceof ZarrscopeError)) throw error
    return { setting, refused: refusalWords(error) }
  }
}

/** Why an array cannot be as it was asked for. The document that would be wrong is never written: its name says nothing to people. */
export const refusalWords = (error: ZarrscopeError): string =>
  toErrorBody(error).message.replace(/^\S+ \(codec ([^)]*)\): it /, 'The codec $1 ')

/** The setting that the array has, bound in the same way. */
export function bindPresent(array: ZarrArray, chunkShape: readonly number[]): Binding {
  const options = derivedOptions(array, {}, array.metadata.zarrFormat)
  const { order = 'C', compressor } = options
  const text = (codec: NonNullable<typeof compressor>): string =>
    typeof codec === 'string' ? codec : codecText(codec)
  const filters = (options.filters ?? []).map(text)
  return bindSetting(array, { order, filters, compressor: compressor ? text(compressor) : null }, chunkShape)
}

/** Whether two settings store the same bytes: their pipelines are the same. */
export const samePipeline = (a: PipelineSpec, b: PipelineSpec): boolean => codecsOf(a) === codecsOf(b)

const codecsOf = ({ codecs }: PipelineSpec): string =>
  codecs
    .map(({ name, configuration }) => {
      const entries = [...configuration].filter(([field]) => !['typesize', 'blocksize'].includes(field))
      return `${name} ${stringifyJson(new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1))))}`
    })
    .join('\n')

function pipelineOf(array: ZarrArray, chunkShape: readonly number[], setting: CodecSetting): PipelineSpec {
  const { zarrFormat } = array.metadata
  const derived: NewArrayOptions = {
    ...derivedOptions(
      array,
      { ...setting, chunks: chunkShape, shards: null, attributes: new Map() },
      zarrFormat,
    ),
    shape: chunkShape,
    chunks: [...chunkShape],
    dimensionNames: null,
  }
  const resolved = resolveNewArray(derived)
  const node = parseDocuments('', writeArrayDocuments(resolved.array, resolved.format), zarrFormat)
  const metadata = node?.metadata
  if (metadata?.kind !== 'array' || metadata.dtype === null)
    throw metadata?.problem ?? new UsageError('The array that this would make cannot be read.')
  if (metadata.problem) throw metadata.problem
  const { dtype, fill, codecs } = metadata
  const pipeline = { dtype, shape: [...chunkShape], fill, codecs }
  const problem = checkPipeline(pipeline)
  if (problem) throw problem
  return pipeline
}
