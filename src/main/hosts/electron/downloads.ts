import { basename, extname, join } from 'node:path'
import type { DownloadItem, FileFilter, Session } from 'electron'

const FILTERS: Record<string, FileFilter | undefined> = {
  '.png': { name: 'PNG pictures', extensions: ['png'] },
  '.svg': { name: 'SVG pictures', extensions: ['svg'] },
  '.csv': { name: 'Comma-separated values', extensions: ['csv'] },
}

/**
 * Lets the window save what it made in its own memory, such as a plot: a dialog asks where. Anything else that a page
 * would download is refused.
 *
 * @param folder where the dialog begins
 */
export function allowOwnDownloads(session: Session, origin: string, folder: string): void {
  session.on('will-download', (event, item) => {
    if (!isOwn(item, origin)) {
      event.preventDefault()
      return
    }
    const name = basename(item.getFilename())
    const filter = FILTERS[extname(name).toLowerCase()]
    item.setSaveDialogOptions({
      title: 'Save',
      defaultPath: join(folder, name),
      ...(filter ? { filters: [filter, { name: 'All files', extensions: ['*'] }] } : {}),
    })
  })
}

/** A Blob of our page; its address names the page's origin. */
const isOwn = (item: DownloadItem, origin: string): boolean => item.getURL().startsWith(`blob:${origin}/`)
