import { UsageError } from '@shared/errors'
import { pythonTuple } from '@shared/dtype/numpy-name'
import { selectionSize } from '@shared/selection/describe'
import { appendItems } from '@engine/nodes/writing/resize'
import { writeFrom } from '@engine/nodes/writing/write-from'
import { defineCommand } from './command'
import { withLockableArray } from './open-writable'
import { progress } from './progress'
import { withSource } from './value-source'

export const command = defineCommand({
  name: 'append',
  usage: 'ARRAY SOURCE',
  summary: 'append items along an axis and print the new shape',
  details: ['SOURCE is an .npy file, a .csv file or an array.'],
  positional: [2, 2],
  options: {
    axis: { kind: 'text', value: 'N', help: 'the axis that grows (default: 0)' },
    unsafe: { kind: 'boolean', help: 'cast values that the data type cannot hold, as NumPy would' },
  },
  async run(context) {
    const { positional, options, io } = context
    const axis = axisOf(options.axis)
    return withLockableArray(context, positional[0]!, (array, { locks }) =>
      withSource(context, positional[1]!, array.dtype, async (source) => {
        const casting = options.unsafe ? 'unsafe' : 'same_kind'
        const { signal } = io
        const bar = progress(io, 'append')
        const grown = await appendItems(array, source.shape, axis, { signal, locks }, (next, selection) =>
          writeFrom(next, selection, source, casting, {
            signal,
            locks,
            onProgress: (done) => bar.update(done, selectionSize(selection)),
          }),
        )
        bar.end()
        await io.out(`${pythonTuple(grown.shape)}\n`)
        return 0
      }),
    )
  },
})

function axisOf(text = '0'): number {
  if (/^-?\d{1,2}$/.test(text)) return Number(text)
  throw new UsageError(`--axis needs a whole number, not "${text}".`)
}
