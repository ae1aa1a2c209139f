import { LimitError, MetadataError } from '@shared/errors'
import type { StoredDocument as Stored } from '@shared/model/node'
import { useRequest } from '../rpc/use-request'
import { formatBytes } from '../ui/format'
import { StoredDocument } from '../ui/stored-document'
import { errorPlace } from './error-place'

/** The documents of a node whose metadata cannot be read, the place of the error marked, so that they can be mended. */
export function UnreadableDocuments({ store, path, error }: { store: string; path: string; error: unknown }) {
  const isOfDocuments = error instanceof MetadataError || error instanceof LimitError
  const { data = [] } = useRequest('node.documents', isOfDocuments ? { store, path } : null)
  if (!isOfDocuments) return null
  return data.map((document) => {
    const note = noteOf(document)
    return (
      <StoredDocument
        // A changed document starts anew, opened where the error has gone to.
        key={`${document.key} ${error.message}`}
        name={document.key}
        text={document.text}
        mark={errorPlace(document, error)}
        isOpen={data.length === 1 || (error instanceof MetadataError && error.key === document.key)}
        {...(note === undefined ? {} : { note })}
      />
    )
  })
}

function noteOf({ bytes, isCut, invalidAt }: Stored): string | undefined {
  if (bytes === 0) return 'The document has no bytes.'
  if (isCut) return `This is the beginning of ${formatBytes(bytes)}.`
  return invalidAt === null ? undefined : 'Bytes that are no UTF-8 are shown as \ufffd.'
}
