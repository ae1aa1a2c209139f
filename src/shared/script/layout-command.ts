import type { LayoutChange } from '../model/jobs'
import { nodeWord, shellLine } from './shell-text'

/** The command that stores an array in its place with another layout: `rechunk` where only its chunks change. */
export function layoutCommand(layout: LayoutChange, storePath: string, path: string): string {
  const { chunks, shards, order, compressor, filters } = layout
  const codecs = [
    ...(compressor === undefined ? [] : ['--compressor', compressor ?? 'none']),
    ...(filters === undefined
      ? []
      : (filters.length === 0 ? ['none'] : filters).flatMap((filter) => ['--filter', filter])),
    ...(order === undefined ? [] : ['--order', order]),
  ]
  const shape = [
    ...(chunks === undefined ? [] : ['--chunks', words(chunks)]),
    ...(shards === undefined ? [] : ['--shards', shards === null ? 'none' : words(shards)]),
  ]
  const verb = codecs.length > 0 ? 'recompress' : 'rechunk'
  return `${shellLine('zarrscope', verb, nodeWord(storePath, path), ...codecs, ...shape)}\n`
}

const words = (lengths: readonly (number | null)[]): string =>
  lengths.map((length) => length ?? 'none').join(',')
