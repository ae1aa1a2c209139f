import { isDocumentName } from '../stores/documents-on-disk'
import { nameOf } from '../stores/key'

/** Whether a key is a metadata document of its folder's node. */
export const isDocumentKey = (key: string): boolean => isDocumentName(nameOf(key))
