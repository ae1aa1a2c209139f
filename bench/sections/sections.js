import { codecs } from './codecs.js'
import { reads, writes } from './reads.js'

/** What each section measures; the names are those of lib/options.js. */
export const SECTIONS = { codecs, reads, writes }
