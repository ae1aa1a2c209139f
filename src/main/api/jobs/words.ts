import { formatBytes } from '@shared/byte-text'
import type { JobStore } from './job-stores'

/** A node as people are told of it. */
export const shown = (path: string): string => `/${path}`

/** The same where two stores are spoken of. */
export const shownIn = (at: JobStore, other: JobStore, path: string): string =>
  at.storePath === other.storePath ? shown(path) : [at.storePath, path].filter((part) => part).join('/')

/** "1 array", "1,240 arrays". */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`

export const bytesText = formatBytes
