/** Documents of formats 1 and 2 as zarr 1 and 2 laid them out. */
export const python4 = { indent: 4, sortKeys: true, ascii: true } as const

/** Documents of format 3 as zarr-python 3 lays them out. */
export const python2 = { indent: 2, ascii: true } as const
