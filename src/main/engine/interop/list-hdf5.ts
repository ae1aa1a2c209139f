import { setImmediate as breathe } from 'node:timers/promises'
import { ZarrscopeError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import type { Hdf5Entry } from '@shared/model/preview'
import { Hdf5File, type Hdf5Node } from './hdf5'

const MAX_ENTRIES = 5000
/** Entries between which others have their turn. */
const PAUSE = 64

/** What an HDF5 or NetCDF-4 file holds, groups before what they hold. Throws IoError, ValueError. */
export async function listHdf5(path: string): Promise<{ nodes: Hdf5Entry[]; truncated: boolean }> {
  const file = await Hdf5File.open(path)
  try {
    const nodes: Hdf5Entry[] = []
    for (const node of file.walk()) {
      if (nodes.length === MAX_ENTRIES) return { nodes, truncated: true }
      nodes.push(entryOf(node))
      if (nodes.length % PAUSE === 0) await breathe()
    }
    return { nodes, truncated: false }
  } finally {
    file.close()
  }
}

function entryOf(node: Hdf5Node): Hdf5Entry {
  const { path, kind } = node
  if (kind === 'group') return { path, kind }
  try {
    const { shape, dtype, chunks } = node.open()
    return { path, kind, shape: [...shape], dtype: dataType(dtype).name, chunks: chunks && [...chunks] }
  } catch (error) {
    if (error instanceof ZarrscopeError) return { path, kind, problem: error.message }
    throw error
  }
}
