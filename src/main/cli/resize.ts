import { pythonTuple } from '@shared/dtype/numpy-name'
import { UsageError } from '@shared/errors'
import { planResize, resizeArray } from '@engine/nodes/writing/resize'
import { defineCommand } from './command'
import { confirmChunksGo, YES } from './confirm'
import { withLockableArray } from './open-writable'

export const command = defineCommand({
  name: 'resize',
  usage: 'ARRAY SHAPE',
  summary: 'change the shape of an array and print the new one',
  details: [
    'SHAPE is lengths joined by commas; none keeps a dimension. Chunks outside the new shape are deleted,',
    'which asks on a terminal and needs --yes elsewhere.',
  ],
  positional: [2, 2],
  options: YES,
  async run(context) {
    const { positional, options, io } = context
    return withLockableArray(context, positional[0]!, async (array, { locks }) => {
      const shape = shapeOf(positional[1]!)
      const plan = await planResize(array, shape, io.signal)
      await confirmChunksGo(io, options.yes, { chunks: plan.doomed.length, bytes: plan.bytes })
      const resized = await resizeArray(array, shape, { signal: io.signal, locks })
      await io.out(`${pythonTuple(resized.shape)}\n`)
      return 0
    })
  },
})

function shapeOf(text: string): (number | null)[] {
  return text
    .replace(/^[([](.*)[)\]]$/s, '$1')
    .replace(/,\s*$/, '')
    .split(',')
    .map((part) => {
      const word = part.trim().toLowerCase()
      if (word === 'none') return null
      if (/^\d{1,16}$/.test(word)) return Number(word)
      throw new UsageError(`SHAPE needs whole numbers or "none" joined by commas, not "${text}".`)
    })
}
