import { codecs } from './codecs.js'
import { latency } from './latency.js'
import { listing } from './listing.js'
import { memory } from './memory.js'
import { reads, writes } from './reads.js'
import { rpc } from './rpc.js'
import { window } from './window.js'
import { zip } from './zip.js'

/** What each section measures; the names are those of lib/options.js. */
export const SECTIONS = { codecs, reads, writes, listing, zip, latency, window, rpc, memory }
