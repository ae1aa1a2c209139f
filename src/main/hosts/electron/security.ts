import type { IpcMainEvent, Session, WebContents } from 'electron'

/** What pages could ask the network or the disk for; the window needs none of it. */
const FOREIGN = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file:///*']

/**
 * Denies a session every permission and every request that leaves the program. `devOrigin` is the development
 * server's, which is let through where there is one.
 */
export function hardenSession(session: Session, devOrigin?: string): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest({ urls: FOREIGN }, ({ url }, decide) => {
    const dev = devOrigin !== undefined && hostOf(url) === hostOf(devOrigin)
    decide({ cancel: !dev })
  })
}

/** Keeps a page where it is: no navigation off its origin, no new windows, no webviews. */
export function hardenContents(contents: WebContents, origin: string): void {
  const stay = (event: { url: string; preventDefault: () => void }): void => {
    if (originOf(event.url) !== origin) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // Links to the web are opened by a procedure that asks the person first.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Whether a message comes from the main frame of our own page; frames inside it, or other pages, have no voice. */
export function isOurs({ senderFrame }: Pick<IpcMainEvent, 'senderFrame'>, origin: string): boolean {
  return senderFrame?.parent === null && originOf(senderFrame.url) === origin
}

/** `URL.origin` is "null" for schemes it does not know; ours is one. */
export function originOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}`
  } catch {
    return null
  }
}

const hostOf = (url: string): string | null => originOf(url)?.replace(/^[^:]*:/, '') ?? null
