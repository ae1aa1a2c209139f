import { extname } from 'node:path'
import { UsageError } from '@shared/errors'
import { selectionSize } from '@shared/selection/describe'
import { outputRequest, streamItems } from '@engine/interop/output/array-output'
import { csvFormat } from '@engine/interop/output/csv'
import { npyFormat, rawFormat } from '@engine/interop/output/raw'
import type { ResultFormat, ResultHead } from '@engine/interop/output/result-format'
import { defineCommand } from './command'
import { jsonFormat } from './output/json'
import { shortText } from './output/short-text'
import { outputTo } from './output-file'
import { progress } from './progress'
import { withArray } from './target'

const FORMATS = ['text', 'json', 'csv', 'npy', 'raw'] as const
type FormatName = (typeof FORMATS)[number]

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
      help: 'write to a file, which appears when it is whole; - for stdout',
    },
    'no-guard': {
      kind: 'boolean',
      help: 'csv: no apostrophe before text that a spreadsheet would run as a formula',
    },
  },
  async run(context) {
    const { positional, options, io } = context
    const name = formatName(options)
    const outputFile = options.output === '-' ? undefined : options.output
    return withArray(context, positional[0]!, async (array) => {
      const request = outputRequest(array, positional[1] ?? '')
      if (name === 'text') {
        const text = await shortText(array, request.selection, request.fields, io.signal)
        await outputTo(io, { path: outputFile, binary: false }, (write) => write(`${text}\n`))
        return 0
      }
      const format = formats[name](request.head, !options['no-guard'])
      const bar = progress(io, 'get')
      const { binary, bytes } = format
      await outputTo(io, { path: outputFile, binary, bytes }, async (write) => {
        for await (const done of streamItems(array, request, format, write, { signal: io.signal }))
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
