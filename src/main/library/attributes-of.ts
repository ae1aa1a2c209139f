import { ReadOnlyError } from '@shared/errors'
import type { ZarrArray } from '@engine/nodes/array'
import type { ZarrGroup } from '@engine/nodes/group'
import { changeAttributes } from '@engine/nodes/writing/attributes'
import type { KeyLocks } from '@engine/nodes/writing/key-locks'
import { Attributes } from './attributes'

/** What the attributes need of the array or group they belong to. */
interface Owner {
  node: () => ZarrArray | ZarrGroup
  /** Throws ReadOnlyError. */
  checkWritable: () => void
  refresh: () => Promise<void>
  locks: KeyLocks | undefined
}

/** The error of a change to a node that was opened with mode "r". */
export const openedForReading = ({ path, store }: ZarrArray | ZarrGroup): ReadOnlyError =>
  new ReadOnlyError(
    `${path || (store.path ?? 'The root of the store')} was opened with mode "r"; open it with mode "r+" to change it.`,
  )

/** The attributes of a node: changes go to its document, one at a time where there are locks. */
export function attributesOf({ node, checkWritable, refresh, locks }: Owner): Attributes {
  return new Attributes(
    () => node().metadata.attributes,
    async (edits) => {
      checkWritable()
      await changeAttributes(node(), edits, locks)
      await refresh()
    },
  )
}
