import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
}

export interface BundleFile {
  bytes: Buffer<ArrayBuffer>
  type: string
}

/**
 * The file below `root`, the built window, that the path of a URL names: percent-decoded once, "/" being index.html.
 * null for whatever is not a file below the root, by name or by link. Both hosts serve the window through this.
 */
export async function readBundleFile(root: string, urlPath: string): Promise<BundleFile | null> {
  const names = namesOf(urlPath)
  if (!names) return null
  try {
    const base = await realpath(root)
    const file = await realpath(join(base, ...names))
    if (!file.startsWith(base + sep)) return null
    const bytes = await readFile(file)
    return { bytes, type: TYPES[extname(file)] ?? 'application/octet-stream' }
  } catch {
    // Missing, a folder, unreadable: for a browser all the same.
    return null
  }
}

function namesOf(urlPath: string): string[] | null {
  if (!urlPath.startsWith('/')) return null
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  if (path === '/') return ['index.html']
  const names = path.slice(1).split('/')
  // A colon would be a drive letter or a stream of NTFS.
  const bad = (name: string): boolean => name === '' || name === '.' || name === '..' || /[\\\0:]/.test(name)
  return names.some(bad) ? null : names
}
