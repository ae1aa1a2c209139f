import { UsageError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'
import type { ZarrFormat } from '@shared/model/node'
import { derivedOptions } from '@engine/nodes/copying/derived-options'
import { targetFormat } from '@engine/nodes/copying/copy-array'
import { createArray } from '@engine/nodes/creation/create-node'
import { fillFromText } from '@engine/nodes/creation/fill-text'
import type { NewArrayOptions } from '@engine/nodes/creation/new-array-options'
import { followConsolidated } from '@engine/nodes/writing/consolidate'
import type { Options } from './arguments'
import { defineCommand, type CommandContext } from './command'
import { LAYOUT, layoutOptions, lengths } from './layout-options'
import { withStore } from './open-writable'
import { formatOption, withArray } from './target'

const OPTIONS = {
  shape: { kind: 'text', value: 'N,N,…', help: 'lengths of the dimensions; "" for none' },
  ...LAYOUT,
  fill: { kind: 'text', value: 'V', help: 'fill value; none leaves it undefined (default: zero)' },
  dims: { kind: 'text', value: 'a,b,…', help: 'dimension names; an empty one has no name' },
  attrs: { kind: 'text', value: 'JSON', help: 'attributes' },
  mode: { kind: 'text', value: 'w|w-|a', help: 'w replaces what exists, w- (default) refuses, a keeps it' },
  like: { kind: 'text', value: 'ARRAY', help: 'everything that is not given is as in this array' },
} as const

export const command = defineCommand({
  name: 'create',
  usage: 'ARRAY --shape N,N,… --dtype TYPE',
  summary: 'create an array',
  details: ['Groups on the way to it are created as well. The default format is 3.'],
  positional: [1, 1],
  options: OPTIONS,
  async run(context) {
    const { options } = context
    const path = context.positional[0]!
    const mode = modeOf(options.mode)
    const given = await givenOptions(context)
    return withStore(context, path, mode, async ({ store, nodePath }, engine) => {
      const target = { store, path: nodePath, context: engine }
      const zarrFormat = await targetFormat(
        formatOption(options['zarr-format']),
        given.zarrFormat ?? 3,
        target,
      )
      await createArray(store, nodePath, { ...given, zarrFormat, mode }, engine)
      await followConsolidated(store, nodePath)
      return 0
    })
  },
})

type Given = Options<typeof OPTIONS>

async function givenOptions(
  context: CommandContext<typeof OPTIONS>,
): Promise<NewArrayOptions & { zarrFormat?: ZarrFormat | undefined }> {
  const { options } = context
  const layout = layoutOptions(options)
  const format = formatOption(options['zarr-format'])
  const extra = {
    ...(options.shape === undefined ? {} : { shape: lengths(options.shape, 'shape') }),
    ...(options.dims === undefined
      ? {}
      : { dimensionNames: options.dims.split(',').map((name) => name.trim() || null) }),
    ...(options.attrs === undefined ? {} : { attributes: objectOf(options.attrs) }),
  }
  if (options.like !== undefined) {
    const like = await withArray(context, options.like, async (array) =>
      derivedOptions(array, layout, format ?? array.metadata.zarrFormat),
    )
    return { ...like, attributes: undefined, ...extra, ...fillOf(options, like.dtype) }
  }
  if (!extra.shape) throw new UsageError('--shape is needed, such as --shape 10000,10000.')
  return { ...layout, ...extra, shape: extra.shape, ...fillOf(options, options.dtype) }
}

const fillOf = (
  { fill }: Given,
  dtype: NewArrayOptions['dtype'],
): Pick<NewArrayOptions, 'fillValue' | 'fill'> => (fill === undefined ? {} : fillFromText(fill, dtype))

function modeOf(text = 'w-'): 'w' | 'w-' | 'a' {
  if (text === 'w' || text === 'w-' || text === 'a') return text
  throw new UsageError(`--mode is w, w- or a, not "${text}".`)
}

function objectOf(text: string): JsonObject {
  const { value } = parseJson(text, { key: '--attrs' })
  if (value instanceof Map) return value
  throw new UsageError('--attrs needs a JSON object, such as {"units": "K"}.')
}
