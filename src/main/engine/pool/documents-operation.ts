import { IoError, LimitError, toErrorBody, type ErrorBody } from '@shared/errors'
import { decodeJsonBytes } from '@shared/json/parse'
import type { Confinement } from '../files/confinement'
import { openSource } from '../files/safe-open-sync'
import { FIRST_DOCUMENTS, maxDocument } from '../metadata/document'
import type { Operation } from './operation'

/** The metadata documents in each of many folders: those of the format that counts, see FIRST_DOCUMENTS. */
export interface DocumentsJob {
  /** Absolute paths. */
  folders: string[]
  confinement: Confinement
  /** Store keys of the folders, for messages. */
  keys: string[]
}

/** By file name, empty where there is no node; or why they cannot be read. */
export type FolderDocuments = { documents: [name: string, text: string][] } | { error: ErrorBody }

/** Folders that a thread takes at a time. */
const SLICE = 32

/** A task's folders in order. Listing tens of thousands of nodes through the event loop costs ten times as much. */
export const documents: Operation<DocumentsJob, FolderDocuments[]> = {
  duration: 'any',
  tasks: ({ folders }) => Math.ceil(folders.length / SLICE),
  bind: ({ folders, keys, confinement }) => ({
    run: (task) =>
      folders
        .slice(task * SLICE, (task + 1) * SLICE)
        .map((folder, i) => inFolder(folder, keys[task * SLICE + i] ?? '', confinement)),
  }),
}

function inFolder(folder: string, key: string, confinement: Confinement): FolderDocuments {
  const read = (name: string): [string, string][] => {
    const text = textOf(`${folder}/${name}`, key === '' ? name : `${key}/${name}`, name, confinement)
    return text === undefined ? [] : [[name, text]]
  }
  try {
    for (const [main, beside] of FIRST_DOCUMENTS) {
      const found = read(main)
      if (found.length > 0) return { documents: beside === undefined ? found : [...found, ...read(beside)] }
    }
    return { documents: [] }
  } catch (error) {
    return { error: toErrorBody(error) }
  }
}

function textOf(path: string, key: string, name: string, confinement: Confinement): string | undefined {
  try {
    const source = openSource(path, confinement)
    if (!source) return undefined
    try {
      const limit = maxDocument(name)
      if (source.size > limit) throw new LimitError(`The size of ${key} in bytes`, source.size, limit)
      return decodeJsonBytes(source.read(0, source.size), { key, maxLength: limit })
    } finally {
      source.close()
    }
  } catch (error) {
    if (error instanceof IoError && error.syscall === 'EISDIR') return undefined
    throw error
  }
}
