import { AbortedError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { writeArrayDocuments } from '../../metadata/write-documents'
import type { ZarrArray } from '../array'
import { resolveNewArray } from '../creation/new-array-options'
import { parseDocuments } from '../documents'
import type { ZarrGroup } from '../group'
import { openNode } from '../open'
import { derivedOptions, type LayoutOptions } from './derived-options'

/**
 * Works out an array like another with another layout, and writes nothing. Throws what is wrong with it: the source
 * cannot be read, the layout cannot be, the codecs refuse the data type.
 */
export function checkLayout(source: ZarrArray, asked: LayoutOptions, zarrFormat: ZarrFormat): void {
  const { array, format } = resolveNewArray(derivedOptions(source, asked, zarrFormat))
  const parsed = parseDocuments('', writeArrayDocuments(array, format), format)
  if (parsed?.metadata.kind === 'array' && parsed.metadata.problem) throw parsed.metadata.problem
}

/** Every array below a group. Throws AbortedError. */
export async function arraysBelow(group: ZarrGroup, signal?: AbortSignal): Promise<ZarrArray[]> {
  const found: ZarrArray[] = []
  for await (const batch of group.walk(signal ? { signal } : {}))
    for (const { path, kind } of batch) {
      if (signal?.aborted) throw new AbortedError()
      if (kind !== 'array') continue
      const node = await openNode(group.store, path, group.context, { signal })
      if (node.kind === 'array') found.push(node)
    }
  return found
}
