import { asciiJson } from '@shared/json/stringify'

/** Documents of formats 1 and 2 as zarr 1 and 2 laid them out. */
export const python4 = { indent: 4, sortKeys: true, ascii: true } as const

/** Documents of format 3 as zarr-python 3 lays them out. */
export const python2 = { indent: 2, ascii: true } as const

/**
 * An edited document of format 1 or 2, in ASCII: zarr 1 and 2 read no other. One that holds other characters already
 * keeps them.
 */
export const inAscii = (edited: string, before: string): string =>
  /[^\x00-\x7f]/.test(before) ? edited : asciiJson(edited)
