import type { PickedFile, PickKind } from '@shared/model/host'
import type { LayoutChange } from '@shared/model/jobs'
import { create } from 'zustand'

/** Copy or convert a node, or store it differently in its place, with a layout that is filled in already. */
export interface CopyDialog {
  store: string
  path: string
  layout?: LayoutChange | undefined
  inPlace?: boolean | undefined
}

/** A dialog that changes the structure of a store, and the node that it is about. */
export type StructureDialog =
  | { kind: 'newStore' }
  | ({ kind: 'copy' } & CopyDialog)
  | {
      kind:
        | 'newGroup'
        | 'newArray'
        | 'rename'
        | 'duplicate'
        | 'delete'
        | 'resize'
        | 'append'
        | 'import'
        | 'export'
        | 'migrate'
        | 'verify'
      store: string
      path: string
    }

/** What the folder browser is asked for, and who waits for it. */
export interface Browse {
  kind: PickKind
  extensions?: string[]
  name?: string
  resolve: (picked: PickedFile | null) => void
}

/** Which dialogs are open. */
interface Dialogs {
  palette: 'commands' | 'nodes' | null
  /** The folder browser, for hosts without dialogs of their own. */
  browse: Browse | null
  shortcuts: boolean
  about: boolean
  /** A link from an attribute that waits for consent. */
  link: string | null
  /** The review of staged edits of a store. */
  review: string | null
  /** A store with staged edits that should be closed: what is to become of them is asked first. */
  closing: string | null
  /** Staged edits of a store that should be discarded, after a question. */
  discarding: string | null
  structure: StructureDialog | null
  /** Set by the theme control, which owns the colour scheme. */
  setScheme: (scheme: 'light' | 'dark' | 'auto') => void
}

export const useDialogs = create<Dialogs>(() => ({
  palette: null,
  browse: null,
  shortcuts: false,
  about: false,
  link: null,
  review: null,
  closing: null,
  discarding: null,
  structure: null,
  setScheme: () => undefined,
}))

export const openStructureDialog = (structure: StructureDialog): void => useDialogs.setState({ structure })

/** Opens Copy or Convert; with `inPlace` the node itself gets the new layout. */
export const openCopyDialog = (request: CopyDialog): void => openStructureDialog({ kind: 'copy', ...request })
