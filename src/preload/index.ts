/**
 * Relays one port from the main process to the page, and dropped paths from the page to the main process; nothing
 * else crosses. Sandboxed, one file.
 */
import { CHANNELS, PORT_MESSAGE, PRELOAD_KEY, type PreloadApi } from '@shared/rpc/preload-api'
import { contextBridge, ipcRenderer, webUtils } from 'electron'

const api: PreloadApi = { kind: 'electron', requestPort: () => ipcRenderer.send(CHANNELS.port) }
contextBridge.exposeInMainWorld(PRELOAD_KEY, api)

// A port cannot cross the bridge; a message on the window can carry it.
ipcRenderer.on(CHANNELS.port, (event) =>
  window.postMessage(PORT_MESSAGE, window.location.origin, event.ports),
)

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

window.addEventListener('dragover', (event) => {
  if (carriesFiles(event)) event.preventDefault()
})
window.addEventListener('drop', (event) => {
  // The page can make up an event, but not a trusted one, and files it made have no path.
  if (!event.isTrusted || !carriesFiles(event)) return
  event.preventDefault()
  const files = [...(event.dataTransfer?.files ?? [])]
  const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')
  if (paths.length > 0) ipcRenderer.send(CHANNELS.drop, paths)
})
