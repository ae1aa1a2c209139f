import { existsSync, statSync } from 'node:fs'
import { UsageError } from '@shared/errors'
import { copyInto, targetFormat } from '@engine/nodes/copying/copy-array'
import { copyNode } from '@engine/nodes/copying/copy-node'
import type { CopyControl } from '@engine/nodes/copying/copy-control'
import { humanSize } from '@engine/nodes/human-size'
import { fillFromText } from '@engine/nodes/creation/fill-text'
import { NpyFile } from '@engine/interop/npy-read'
import { numpyDescr } from '@shared/dtype/numpy-name'
import { defineCommand, type CommandContext } from './command'
import { LAYOUT, layoutOptions } from './layout-options'
import { withStore } from './open-writable'
import { progress } from './progress'
import { formatOption, withNode } from './target'

const OPTIONS = {
  ...LAYOUT,
  overwrite: { kind: 'boolean', help: 'replace what is at DST' },
  verify: { kind: 'boolean', help: 'read the copy back and compare it' },
  resume: { kind: 'boolean', help: 'go on with a copy that was cut off; always verified' },
  unsafe: { kind: 'boolean', help: 'with --dtype: cast values that do not fit, as NumPy would' },
} as const

type CopyContext = CommandContext<typeof OPTIONS>

export const command = defineCommand({
  name: 'copy',
  usage: 'SRC DST',
  summary: 'copy an array, a group or a store chunk by chunk',
  details: [
    'SRC is an array, group or store, an .npy file, or an HDF5 or NetCDF-4 file (file.h5::/dataset); DST a path in a store, a .zip, or an .npy or .csv file.',
    'What no option changes stays as it is; --zarr-format says the format of the copy.',
  ],
  positional: [2, 2],
  options: OPTIONS,
  async run(context) {
    const [source, target] = context.positional
    if (/\.(npy|csv)$/i.test(target!)) return toFile(context, source!, target!)
    const bar = progress(context.io, 'copying')
    const control: CopyControl = {
      signal: context.io.signal,
      onProgress: ({ done, total }) => bar.update(done, total),
    }
    const hdf5 = hdf5Path(source!)
    const bytes = hdf5
      ? await fromHdf5(context, hdf5, target!, control)
      : /\.npy$/i.test(source!)
        ? await fromNpy(context, source!, target!, control)
        : await fromNode(context, source!, target!, control)
    bar.end()
    if (context.io.progress) context.io.err(`${humanSize(bytes)} written\n`)
    return 0
  },
})

const copyOptions = ({ options }: CopyContext) => ({
  ...layoutOptions(options),
  overwrite: options.overwrite,
  verify: options.verify,
  resume: options.resume,
  casting: options.unsafe ? ('unsafe' as const) : ('same_kind' as const),
})

/** The format of the source is not to be chosen by the option that names that of the copy. */
const plain = (context: CopyContext): CopyContext => ({
  ...context,
  options: { ...context.options, 'zarr-format': undefined },
})

async function fromNode(
  context: CopyContext,
  source: string,
  target: string,
  control: CopyControl,
): Promise<number> {
  const asked = { ...copyOptions(context), zarrFormat: formatOption(context.options['zarr-format']) }
  return withNode(plain(context), source, (node) =>
    withStore(context, target, 'a', async ({ store, nodePath }, engine) => {
      const at = { store, path: nodePath, context: engine }
      return (await copyNode(node, at, asked, control)).bytes
    }),
  )
}

async function fromNpy(
  context: CopyContext,
  source: string,
  target: string,
  control: CopyControl,
): Promise<number> {
  const asked = copyOptions(context)
  const file = await NpyFile.open(source)
  try {
    return await withStore(context, target, 'a', async ({ store, nodePath }, engine) => {
      const at = { store, path: nodePath, context: engine }
      const zarrFormat = await targetFormat(formatOption(context.options['zarr-format']), 3, at)
      const layout = layoutOptions(context.options)
      const dtype = asked.dtype ?? numpyDescr(file.dtype)
      const fill = layout.fillValue === undefined ? {} : fillFromText(layout.fillValue, dtype)
      const made = { ...layout, ...fill, shape: file.shape, dtype, zarrFormat }
      return (await copyInto(file, made, at, asked, control)).progress.bytes
    })
  } finally {
    await file.close()
  }
}

/** `file.h5` or `file.nc`, with `::/path` where a dataset or group inside is meant. */
function hdf5Path(text: string): { file: string; path: string } | undefined {
  const match = /^(.+?\.(?:h5|hdf5|he5|hdf|nc|nc4|cdf))(?:::(.*))?$/is.exec(text)
  if (!match) return undefined
  const [, file = '', path = '/'] = match
  // A store may be named so as well.
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ? undefined : { file, path }
}

async function fromHdf5(
  context: CopyContext,
  source: { file: string; path: string },
  target: string,
  control: CopyControl,
): Promise<number> {
  const { Hdf5File } = await import('@engine/interop/hdf5')
  const { copyHdf5 } = await import('@engine/interop/copy-hdf5')
  const file = await Hdf5File.open(source.file)
  try {
    return await withStore(context, target, 'a', async ({ store, nodePath }, engine) => {
      const at = { store, path: nodePath, context: engine }
      const zarrFormat = await targetFormat(formatOption(context.options['zarr-format']), 3, at)
      return (await copyHdf5(file, source.path, at, { ...copyOptions(context), zarrFormat }, control)).bytes
    })
  } finally {
    file.close()
  }
}

/** A file is what `get` writes; it appears when it is whole. */
async function toFile(context: CopyContext, source: string, target: string): Promise<number> {
  const { options, io } = context
  if (Object.keys(layoutOptions(options)).length > 0 || options['zarr-format'] !== undefined)
    throw new UsageError(
      `${target} is a plain file: chunks, codecs, types and formats cannot be chosen for it.`,
    )
  if (!options.overwrite && existsSync(target))
    throw new UsageError(`${target} exists already; add --overwrite to replace it.`)
  return context.run(['get', source, '-o', target], io)
}
