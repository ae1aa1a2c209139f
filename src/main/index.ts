// The only place that imports Electron at run time: everything else gets it as an argument. Named imports, since a
// namespace would touch every lazy getter of the module.
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  session,
  shell,
} from 'electron'
import { version } from '../../package.json'
import { startApp } from './hosts/electron/app'
import { RecentStores } from './hosts/recent'
import { stateFolder } from './hosts/state-folder'

void startApp(
  { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, protocol, session, shell },
  {
    outDir: import.meta.dirname,
    icon: join(import.meta.dirname, '../../resources/icon.png'),
    argv: process.argv,
    cwd: process.cwd(),
    version,
    devUrl: app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'],
    recent: new RecentStores(stateFolder()),
    engine: async () => (await import('./api/running-engine')).runEngine(stateFolder()),
  },
)
