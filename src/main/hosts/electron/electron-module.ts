import type * as Electron from 'electron'

/**
 * The parts of Electron that this program uses. They are passed in, never imported: the import would download the
 * binary in plain Node, and tests pass a fake that is checked against the real declarations.
 */
export type ElectronModule = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeTheme'
  | 'protocol'
  | 'session'
  | 'shell'
>
