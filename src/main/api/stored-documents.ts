import { IoError } from '@shared/errors'
import type { StoredDocument } from '@shared/model/node'
import { FIRST_DOCUMENTS } from '@engine/metadata/document'
import { joinKey } from '@engine/stores/key'
import type { Store } from '@engine/stores/store'

/** Bytes of a document that are given; what a person mends by hand is smaller. */
const MAX_GIVEN = 2 ** 20

/**
 * The metadata documents at a path, of every format, as they are stored and whatever they hold. Empty where there are
 * none. Throws IoError for what cannot be read.
 */
export async function storedDocuments(
  store: Store,
  path: string,
  signal: AbortSignal,
): Promise<StoredDocument[]> {
  const found = new Map<string, StoredDocument>()
  for (const names of FIRST_DOCUMENTS) {
    for (const name of names) {
      if (name === undefined || found.has(name)) continue
      const document = await storedDocument(store, joinKey(path, name), signal)
      // Without a main document the one that stands beside it is none either.
      if (!document) break
      found.set(name, document)
    }
  }
  return [...found.values()]
}

async function storedDocument(
  store: Store,
  key: string,
  signal: AbortSignal,
): Promise<StoredDocument | undefined> {
  try {
    const bytes = await store.get(key, { range: { offset: 0, length: MAX_GIVEN }, signal })
    if (bytes === undefined) return undefined
    const size = (await store.size(key, { signal })) ?? bytes.length
    const isCut = size > bytes.length
    // A character that the end cuts apart is left out; a byte order mark stays to be seen.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: isCut })
    return { key, text, bytes: size, isCut, invalidAt: firstInvalid(text, bytes) }
  } catch (error) {
    // A folder may have the name of a document.
    if (error instanceof IoError && error.syscall === 'EISDIR') return undefined
    throw error
  }
}

/** Where decoding first put a replacement character that the bytes do not hold. */
function firstInvalid(text: string, bytes: Uint8Array): number | null {
  let offset = 0
  let before = 0
  for (const { index } of text.matchAll(/\ufffd/g)) {
    offset += Buffer.byteLength(text.slice(before, index))
    before = index
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return index
  }
  return null
}
