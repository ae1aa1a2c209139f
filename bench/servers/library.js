import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

/** Zarrscope's library in a build (the folder that `npm run build` makes, given as the server's first argument). */
export const library = await import(pathToFileURL(join(process.argv[2], 'main/library.js')).href)
