import type { ZarrArray } from '@engine/nodes/array'
import type { ZarrGroup } from '@engine/nodes/group'
import { changeAttributes } from '@engine/nodes/writing/attributes'
import type { KeyLocks } from '@engine/nodes/writing/key-locks'
import { joinKey } from '@engine/stores/key'
import { Attributes } from './attributes'

/** What the attributes need of the array or group they belong to. */
interface Owner {
  node: () => ZarrArray | ZarrGroup
  /** Throws ReadOnlyError. */
  checkWritable: () => void
  refresh: () => Promise<void>
  locks: KeyLocks | undefined
}

/** The attributes of a node: changes go to its document, one at a time where there are locks. */
export function attributesOf({ node, checkWritable, refresh, locks }: Owner): Attributes {
  return new Attributes(
    () => node().metadata.attributes,
    async (edits) => {
      checkWritable()
      const change = (): Promise<void> => changeAttributes(node(), edits)
      // The same lock as for changes of shape: format 3 keeps both in one document.
      await (locks ? locks.holding([joinKey(node().path, 'metadata')], change) : change())
      await refresh()
    },
  )
}
