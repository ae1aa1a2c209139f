import { UsageError } from '@shared/errors'
import { selectionShape, selectionSize } from '@shared/selection/describe'
import { parseSelection } from '@shared/selection/parse'
import { splitFields } from '@engine/nodes/field-selection'
import { canBroadcast } from '@engine/nodes/writing/broadcast'
import { writeFrom } from '@engine/nodes/writing/write-from'
import { defineCommand } from './command'
import { withLockableArray } from './open-writable'
import { progress } from './progress'
import { withValue } from './value-source'

export const command = defineCommand({
  name: 'set',
  usage: 'ARRAY SELECTION VALUE',
  summary: 'write values',
  details: [
    'VALUE is one item (42, nan, "text", JSON for records), nested lists in JSON, @file.npy, @file.csv, @ARRAY,',
    'arange (0, 1, 2, …), or - for raw bytes on stdin; it is broadcast to the selection as NumPy does.',
  ],
  positional: [3, 3],
  options: {
    unsafe: { kind: 'boolean', help: 'cast values that the data type cannot hold, as NumPy would' },
  },
  async run(context) {
    const { positional, options, io } = context
    return withLockableArray(context, positional[0]!, async (array, { locks }) => {
      const { dtype } = array
      const { fields, rest } = splitFields(positional[1]!, dtype)
      if (fields) throw new UsageError('Records are written whole; name no fields.')
      const selection = parseSelection(rest, array.shape, array.metadata.dimensionNames)
      const shape = selectionShape(selection)
      const { unsafe } = options
      return withValue(context, positional[2]!, { dtype, shape, unsafe }, async (source) => {
        if (!canBroadcast(source.shape, shape))
          throw new UsageError(
            `A value of shape (${source.shape.join(', ')}) does not fit a selection of shape (${shape.join(', ')}).`,
          )
        const bar = progress(io, 'set')
        await writeFrom(array, selection, source, unsafe ? 'unsafe' : 'same_kind', {
          signal: io.signal,
          locks,
          onProgress: (done) => bar.update(done, selectionSize(selection)),
        })
        bar.end()
        return 0
      })
    })
  },
})
