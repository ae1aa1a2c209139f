import type { BrowserWindow, FileFilter, OpenDialogOptions } from 'electron'
import { UsageError } from '@shared/errors'
import type { ElectronModule } from './electron-module'
import { nodeOfFile } from './open-paths'

type Shell = Pick<ElectronModule, 'dialog' | 'shell'>

const DIALOGS: Record<'folder' | 'zip', OpenDialogOptions> = {
  folder: {
    title: 'Open Zarr folder',
    buttonLabel: 'Open',
    // On macOS a *.zarr folder is a document; there, one dialog can choose files and folders. No filter by extension:
    // it would make folders unselectable (electron#48191).
    properties:
      process.platform === 'darwin'
        ? ['openFile', 'openDirectory', 'treatPackageAsDirectory']
        : ['openDirectory'],
  },
  zip: {
    title: 'Open zipped Zarr store',
    buttonLabel: 'Open',
    properties: ['openFile'],
    filters: [
      { name: 'Zipped Zarr stores', extensions: ['zip', 'ozx'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
}

/** The path the person chose, null when they changed their mind. */
export async function askForStore(
  { dialog }: Shell,
  kind: 'folder' | 'zip',
  parent?: BrowserWindow,
): Promise<string | null> {
  const options = DIALOGS[kind]
  const { canceled, filePaths } = await (parent
    ? dialog.showOpenDialog(parent, options)
    : dialog.showOpenDialog(options))
  const [path] = filePaths
  return canceled || path === undefined ? null : nodeOfFile(path)
}

export interface FileRequest {
  kind: 'file' | 'saveFile' | 'saveFolder'
  extensions?: string[]
  name?: string
}

/** A file to read, or a place to write, that the person chose; null when they changed their mind. */
export async function askForFile(
  { dialog }: Shell,
  { kind, extensions = [], name }: FileRequest,
  parent: BrowserWindow,
): Promise<string | null> {
  const filters: FileFilter[] =
    extensions.length === 0
      ? []
      : [
          { name: extensions.map((end) => `.${end}`).join(', '), extensions },
          { name: 'All files', extensions: ['*'] },
        ]
  if (kind === 'file') {
    const { canceled, filePaths } = await dialog.showOpenDialog(parent, { properties: ['openFile'], filters })
    return canceled ? null : (filePaths[0] ?? null)
  }
  const { canceled, filePath } = await dialog.showSaveDialog(parent, {
    title: kind === 'saveFolder' ? 'Name the folder of the new store' : 'Save as',
    properties: ['createDirectory'],
    ...(kind === 'saveFile' ? { filters } : {}),
    ...(name === undefined ? {} : { defaultPath: name }),
  })
  return canceled || filePath === '' ? null : filePath
}

/** Opens an https address in the person's browser after showing it whole: it may come from a hostile store. */
export async function openExternal(
  { dialog, shell }: Shell,
  address: string,
  parent: BrowserWindow,
): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new UsageError('Only plain https addresses can be opened in the browser.')
  }
  const { response } = await dialog.showMessageBox(parent, {
    type: 'question',
    message: 'Open this address in the browser?',
    detail: url.href,
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (response === 1) await shell.openExternal(url.href)
}
