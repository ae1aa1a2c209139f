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
  /** Set by the theme control, which owns the colour scheme. */
  setScheme: (scheme: 'light' | 'dark' | 'auto') => void
}

export const useDialogs = create<Dialogs>(() => ({
  palette: null,
  browse: null,
  shortcuts: false,
  about: false,
  link: null,
  setScheme: () => undefined,
}))
