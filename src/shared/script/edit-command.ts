import { parseJson } from '../json/parse'
import { stringifyJson } from '../json/stringify'
import type { Edit } from '../model/edits'
import { formatSelection } from '../selection/describe'
import type { Script } from './operation'
import { nodeWord, shellLine } from './shell-text'

/** Longer words do not fit into a command line of every system. */
export const MOST_CHARACTERS = 64 * 1024

/** `zarrscope edit` takes an edit as JSON, its region as a selection: for what no other command has words for. */
export function editCommand(edit: Edit, store: string): Script {
  const { path, ...rest } = edit
  const { dims, ...others } = { dims: undefined, ...rest }
  const region = dims && { region: formatSelection({ kind: 'basic', dims }) }
  const words = parseJson(JSON.stringify({ ...others, ...region })).value
  const text = stringifyJson(words, { separators: 'spaced' })
  if (text.length > MOST_CHARACTERS) return { whyNot: 'This edit is too long for a command line.' }
  const yes = edit.kind === 'deleteChunks' ? ['--yes'] : []
  return { text: `${shellLine('zarrscope', 'edit', nodeWord(store, path), text, ...yes)}\n` }
}
