import { UsageError } from '@shared/errors'
import { rewriteArray } from '@engine/nodes/copying/rewrite-array'
import { defineCommand } from './command'
import { LAYOUT, layoutOptions } from './layout-options'
import { withWritableArray } from './open-writable'
import { progress } from './progress'

const define = (name: string, summary: string) =>
  defineCommand({
    name,
    usage: 'ARRAY',
    summary,
    details: ['Written beside the array, read back, then exchanged; after a failure the array is as it was.'],
    positional: [1, 1],
    options: LAYOUT,
    async run(context) {
      const { io, options } = context
      const asked = layoutOptions(options)
      if (Object.keys(asked).length === 0)
        throw new UsageError('Say what is to change, such as --chunks 100,100 or --compressor zstd:3.')
      return withWritableArray(context, context.positional[0]!, async (array) => {
        const bar = progress(io, name)
        await rewriteArray(array, asked, {
          signal: io.signal,
          onProgress: ({ done, total }) => bar.update(done, total),
        })
        bar.end()
        return 0
      })
    },
  })

export const rechunk = define('rechunk', 'give an array other chunks or shards in its place')
export const recompress = define('recompress', 'give an array another compressor or filters in its place')
