import { nameOf } from '../stores/key'

/** Metadata documents of all formats, by file name. */
const DOCUMENTS = new Set(['zarr.json', '.zarray', '.zgroup', '.zattrs', '.zmetadata', 'meta', 'attrs'])

/** Whether a key is a metadata document of its folder's node. */
export const isDocumentKey = (key: string): boolean => DOCUMENTS.has(nameOf(key))
