import { extname } from 'node:path'
import { UsageError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { selectionShape, selectionSize } from '@shared/selection/describe'
import { parseSelection } from '@shared/selection/parse'
import type { Selection } from '@shared/selection/selection'
import type { ZarrArray } from '@engine/nodes/array'
import { fieldType } from '@engine/nodes/fields'
import { readPieces } from '@engine/nodes/read-pieces'
import { defineCommand } from './command'
import { splitFields } from './field-selection'
import { csvFormat } from './output/csv'
import type { ResultFormat, ResultHead } from './output/format'
import { jsonFormat } from './output/json'
import { npyFormat, rawFormat } from './output/raw'
import { shortText } from './output/short-text'
import { outputTo, type Write } from './output-file'
import { progress } from './progress'
import { withArray } from './target'

const FORMATS = ['text', 'json', 'csv', 'npy', 'raw'] as const
type FormatName = (typeof FORMATS)[number]

/** Items of one piece of a text on its way to the output. */
const PIECE_TEXTS = 128 * 1024

export const command = defineCommand({
  name: 'get',
  usage: 'ARRAY [SELECTION]',
  summary: 'read values',
  details: [
    "SELECTION is NumPy syntax: '0:10, ::2, -1', '...', 'time=3, lat=::2', '\"field\", 5'; without it everything is read.",
    'text leaves out the middle of long arrays; the other formats are complete and need no more memory for more data.',
    'raw is C-order little-endian bytes; items of varying length come as u32 byte length, then the bytes.',
  ],
  positional: [1, 2],
  options: {
    json: { kind: 'boolean', help: 'the same as -f json' },
    format: {
      kind: 'text',
      letter: 'f',
      value: FORMATS.join('|'),
      help: 'default: what the end of FILE says, else text',
    },
    output: {
      kind: 'text',
      letter: 'o',
      value: 'FILE',
      help: 'write to a file, which appears when it is whole',
    },
    'no-guard': {
      kind: 'boolean',
      help: 'csv: no apostrophe before text that a spreadsheet would run as a formula',
    },
  },
  async run(context) {
    const { positional, options, io } = context
    const name = formatName(options)
    return withArray(context, positional[0]!, async (array) => {
      const request = requestOf(array, positional[1] ?? '')
      if (name === 'text') {
        const text = await shortText(array, request.selection, request.fields, io.signal)
        await outputTo(io, { path: options.output, binary: false }, (write) => write(`${text}\n`))
        return 0
      }
      const format = formats[name](request.head, !options['no-guard'])
      const bar = progress(io, 'get')
      const { binary, bytes } = format
      await outputTo(io, { path: options.output, binary, bytes }, async (write) => {
        for await (const done of stream(array, request, format, write, io.signal))
          bar.update(done, selectionSize(request.selection))
      })
      bar.end()
      return 0
    })
  },
})

const formats: Record<Exclude<FormatName, 'text'>, (head: ResultHead, guard: boolean) => ResultFormat> = {
  json: jsonFormat,
  csv: csvFormat,
  npy: npyFormat,
  raw: rawFormat,
}

function formatName(options: {
  json: boolean
  format: string | undefined
  output: string | undefined
}): FormatName {
  const wanted = options.format ?? (options.json ? 'json' : undefined)
  if (wanted === undefined)
    return FORMATS.find((f) => `.${f}` === extname(options.output ?? '').toLowerCase()) ?? 'text'
  const known = FORMATS.find((f) => f === wanted)
  if (!known) throw new UsageError(`There is no format "${wanted}"; there are ${FORMATS.join(', ')}.`)
  return known
}

interface Request {
  selection: Selection
  fields: string[] | undefined
  head: ResultHead
}

function requestOf(array: ZarrArray, text: string): Request {
  const { fields, rest } = splitFields(text, array.dtype)
  const selection = parseSelection(rest, array.shape, array.metadata.dimensionNames)
  const shape = selectionShape(selection)
  if (!fields)
    return {
      selection,
      fields,
      head: { shape, dtype: dataType(array.dtype), dtypeName: array.metadata.dtypeName },
    }
  const chosen = fieldType(array.dtype, fields)
  const [spec, inner] = chosen.kind === 'subarray' ? [chosen.item, chosen.shape] : [chosen, []]
  const dtype = dataType(spec)
  return { selection, fields, head: { shape: [...shape, ...inner], dtype, dtypeName: dtype.name } }
}

/** Reads and writes piece by piece; yields how many items are done. */
async function* stream(
  array: ZarrArray,
  { selection, fields }: Request,
  format: ResultFormat,
  write: Write,
  signal: AbortSignal,
): AsyncGenerator<number> {
  const options = { signal, ...(fields && { fields }), ...(format.binary ? {} : { items: PIECE_TEXTS }) }
  await write(format.begin())
  let done = 0
  for await (const { data, offsets, items } of readPieces(array, selection, options)) {
    await write(format.items(data, offsets))
    done += items
    yield done
  }
  await write(format.end())
}
