import type { EditsState } from '@shared/model/edits'
import { takenBackInfo } from './edit-info'
import type { Ledger } from './ledger'
import { changedPaths } from './transaction'

/** What is known besides the ledger. */
type Others = Pick<EditsState, 'version' | 'frozen' | 'recovered' | 'notice' | 'conflicts' | 'saving'>

/** All that a window shows of the staged edits of a store. */
export function editsState({ history, keys, savedAt }: Ledger, others: Others): EditsState {
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
    ...others,
  }
}
