import { create } from 'zustand'

/** Which dialogs are open. */
interface Dialogs {
  palette: 'commands' | 'nodes' | null
  /** The folder browser, for hosts without dialogs of their own. */
  browse: 'folder' | 'zip' | null
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
  setScheme: () => undefined,
}))
