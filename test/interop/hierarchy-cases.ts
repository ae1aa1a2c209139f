/** Groups, and their documents gathered at the root. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../src/main/cli/testing/run'
import { arrayOptions, blockOf, formatsOf, type Case } from './cases'
import { SAMPLES, SHAPE } from './samples'

/** Documents of nodes below the root. */
const DOCUMENTS = ['zarr.json', '.zarray', '.zgroup', '.zattrs']

export const hierarchyCases = (): Case[] =>
  (['groups', 'consolidated'] as const).flatMap((hierarchy) => {
    const feature = hierarchy === 'groups' ? 'groups' : 'consolidated metadata'
    return formatsOf('layout', feature).map((format) => hierarchyCase(feature, hierarchy, format as 2 | 3))
  })

function hierarchyCase(feature: string, hierarchy: 'groups' | 'consolidated', format: 2 | 3): Case {
  const sample = SAMPLES['int32']!
  return {
    ...{ group: 'layout', feature, format, dtype: sample.dtype, form: 'fixed', hierarchy },
    async write(writer, store, node) {
      await writer.group(store, 'empty', format)
      await writer.group(store, 'g/h', format)
      await writer.create(store, 'g/x', arrayOptions(sample, format, { shape: [2] }))
      await writer.create(store, node, arrayOptions(sample, format, { shape: SHAPE }))
      await writer.set(store, node, '...', blockOf(sample, SHAPE))
      const tree = ['empty', 'g', 'g/h', 'g/x', node].sort()
      if (hierarchy === 'consolidated') {
        const { status, err } = await run(['consolidate', store])
        if (status !== 0) throw new Error(err)
        // Who reads it all the same has used the gathered documents.
        for (const path of tree)
          for (const name of DOCUMENTS) rmSync(join(store, path, name), { force: true })
      }
      return { shape: SHAPE, bytes: sample.bytes, tree }
    },
  }
}
