import { MetadataError } from '@shared/errors'
import { parseJsonTree, type JsonMember, type JsonNode } from '@shared/json/tree'
import type { StoredDocument } from '@shared/model/node'
import type { TextRange } from '../ui/stored-document'

/**
 * The part of a document that an error is about: the line and column that it names, the first bytes that are no UTF-8, or
 * the field. Null where it is about another document, about all of it, or about a part that was not read.
 */
export function errorPlace(document: StoredDocument, error: unknown): TextRange | null {
  if (!(error instanceof MetadataError) || error.key !== document.key || document.text === '') return null
  const named = /^line (\d+), column (\d+)/.exec(error.why)
  if (named) return character(document.text, Number(named[1]), Number(named[2]))
  if (document.invalidAt !== null) return { start: document.invalidAt, end: document.invalidAt + 1 }
  return error.field === '' || document.isCut ? null : fieldOf(document.text, error.field)
}

function character(text: string, line: number, column: number): TextRange | null {
  let start = 0
  for (let i = 1; i < line; i++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return null
  }
  start += column - 1
  return start > text.length ? null : { start, end: start + 1 }
}

/** The member of a dotted path, or the last on the way to it that is there. */
function fieldOf(text: string, field: string): TextRange | null {
  let found: TextRange | null = null
  let node = parsed(text)
  for (const name of field.split('.')) {
    if (node?.kind !== 'object') return found
    const member: JsonMember | undefined = node.members.findLast((one) => one.name === name)
    if (!member) return found
    found = { start: member.nameStart, end: member.value.end }
    node = member.value
  }
  return found
}

function parsed(text: string): JsonNode | undefined {
  try {
    return parseJsonTree(text)
  } catch {
    return undefined
  }
}
