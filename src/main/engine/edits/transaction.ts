import type { Edit, EditInfo } from '@shared/model/edits'
import type { Staged } from '../stores/overlay'
import { StagedValue } from '../stores/staged-value'

/** What a key holds at a moment: a value, null for nothing, undefined for what the store itself holds. */
export type KeyState = Staged | undefined

/** What an edit did to one key. */
export interface KeyChange {
  key: string
  /** The node that the key belongs to. */
  path: string
  before: KeyState
  after: KeyState
  /** Identity of the store's own value that `undefined` stands for, and that the other states were made from. */
  stamp: string | undefined
}

/** An edit as it was carried out. Undone, every key goes back to `before`; done again, to `after`. */
export interface Transaction {
  id: number
  /** The intent without its data, to be planned anew where an earlier edit is taken out. */
  edit: Edit
  /** Cells that were typed or pasted. */
  data: Staged
  offsets: Staged
  info: EditInfo
  changes: KeyChange[]
  /** How much of it the store holds: Save writes all, and a Save that failed leaves a part. */
  saved: 'none' | 'part' | 'all'
}

/** The intent of an edit with its data. */
export async function wholeEdit({ edit, data, offsets }: Transaction): Promise<Edit> {
  if (edit.kind !== 'cells' || !data) return edit
  const places = offsets && new Uint8Array(await offsets.whole('the cells'))
  return {
    ...edit,
    data: await data.whole('the cells'),
    ...(places && { offsets: new Uint32Array(places.buffer) }),
  }
}

/** What has to be kept of an edit besides the edit without data. */
export function editData(edit: Edit): Pick<Transaction, 'data' | 'offsets'> {
  if (edit.kind !== 'cells') return { data: null, offsets: null }
  const { data, offsets } = edit
  const bytes = offsets && new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength)
  return {
    data: StagedValue.of(new Uint8Array(data)),
    offsets: bytes ? StagedValue.of(new Uint8Array(bytes)) : null,
  }
}

/** Bytes that Save would write for these changes. */
export const changedBytes = (changes: readonly KeyChange[]): number =>
  changes.reduce((n, { after }) => n + (after?.size ?? 0), 0)

/** Nodes that these changes concern. */
export const changedPaths = (changes: readonly KeyChange[]): string[] => [
  ...new Set(changes.map(({ path }) => path)),
]

/** Whether nodes come, go or move by an edit. */
export const changesTree = ({ kind }: Edit): boolean =>
  kind === 'createGroup' || kind === 'createArray' || kind === 'delete' || kind === 'move'
