import type { EditsState } from '@shared/model/edits'
import { takenBackInfo } from './edit-info'
import type { Ledger } from './ledger'
import { changedPaths } from './transaction'

/** What is known besides the ledger. */
interface Others extends Pick<EditsState, 'version' | 'frozen' | 'recovered' | 'conflicts' | 'saving'> {
  /** What a person should know, a sentence each. */
  notices: readonly (string | undefined)[]
}

/** All that a window shows of the staged edits of a store. */
export function editsState({ history, keys, savedAt }: Ledger, { notices, ...others }: Others): EditsState {
  const { staged, takenBack, done, undone } = history
  const paths = [...staged, ...takenBack].flatMap(({ changes }) => changedPaths(changes))
  return {
    edits: [...takenBack.map(takenBackInfo), ...staged.map(({ info }) => info)],
    undo: done.at(-1)?.info.label ?? null,
    redo: undone.at(-1)?.info.label ?? null,
    keys: keys.size,
    bytes: keys.bytes,
    paths: [...new Set(paths)].sort(),
    savedAt,
    notice: notices.filter((text) => text !== undefined).join(' ') || null,
    ...others,
  }
}
