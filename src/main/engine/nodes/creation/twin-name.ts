import { UsageError } from '@shared/errors'
import { joinKey, nameOf, parentOf } from '../../stores/key'
import type { ListableStore } from '../../stores/store'
import { hasNode } from '../documents'

/**
 * Refuses a new node, or a group that is made on the way to it, whose name differs from one beside it in case or in how
 * accents are spelled only: Windows and macOS take the two for one, and a copy of the store there would lose one of
 * them. Stores that hold such names already are shown as they are. Throws UsageError.
 *
 * @param moved the path that the node had, whose own name may change its case
 */
export async function checkNoTwin(store: ListableStore, path: string, moved?: string): Promise<void> {
  for (let at = path; at !== '' && !(await hasNode(store, at)); at = parentOf(at)) {
    const parent = parentOf(at)
    const { prefixes } = await store.list(parent)
    const others = prefixes.filter((name) => moved === undefined || joinKey(parent, name) !== moved)
    const twin = twinOf(nameOf(at), others)
    if (twin !== undefined)
      throw new UsageError(
        `"${at}" cannot be created beside "${joinKey(parent, twin)}": Windows and macOS take the two names for one.`,
      )
  }
}

/** A different name that folds to the same. */
function twinOf(name: string, others: readonly string[]): string | undefined {
  const folded = fold(name)
  return others.find((other) => other !== name && fold(other) === folded)
}

const fold = (name: string): string => name.normalize('NFC').toLocaleLowerCase('en').normalize('NFC')
