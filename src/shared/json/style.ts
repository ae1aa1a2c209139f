import { stringifyJson } from './stringify'
import type { JsonNode } from './tree'
import type { JsonValue } from './value'

/** How a document is laid out, so that what is added looks like what is there. */
export interface DocumentStyle {
  /** The document spreads over several lines, or should. */
  multiline: boolean
  /** One level of indentation. */
  unit: string
  eol: string
  /** Between a name and its value. */
  colon: string
  /** Behind a comma on one line. */
  gap: string
  ascii: boolean
  string(text: string): string
}

/** Reads the style from the first places that show it. */
export function documentStyle(text: string, tree: JsonNode, indent: number | undefined): DocumentStyle {
  let unit: string | undefined
  let colon: string | undefined
  const queue: JsonNode[] = [tree]
  for (
    let node = queue.pop();
    node !== undefined && (unit === undefined || colon === undefined);
    node = queue.pop()
  ) {
    if (node.kind === 'scalar') continue
    const first = node.kind === 'array' ? node.items[0] : node.members[0]?.value
    if (first === undefined) continue
    const member = node.kind === 'object' ? node.members[0] : undefined
    if (member !== undefined) colon ??= text.slice(member.nameEnd, member.value.start)
    const start = member?.nameStart ?? first.start
    if (text.slice(node.start, start).includes('\n')) {
      const inner = lineIndent(text, start)
      const outer = lineIndent(text, node.start)
      if (inner.startsWith(outer) && inner.length > outer.length) unit ??= inner.slice(outer.length)
    }
    const below = node.kind === 'array' ? node.items : node.members.map((m) => m.value)
    for (let i = below.length - 1; i >= 0; i--) queue.push(below[i]!)
  }
  const shows = text.slice(tree.start, tree.end).includes('\n')
  const empty = tree.kind !== 'scalar' && tree.end - tree.start <= 2
  const multiline = shows || (empty && indent !== undefined)
  colon ??= multiline || text.includes(', ') ? ': ' : ':'
  const ascii = !/[^\x00-\x7f]/.test(text) && /\\u[0-9a-fA-F]{4}/.test(text)
  return {
    multiline,
    unit: unit ?? ' '.repeat(indent ?? 4),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    colon: /\n/.test(colon) ? ': ' : colon,
    gap: multiline || colon.endsWith(' ') ? ' ' : '',
    ascii,
    string: (value) => stringifyJson(value, { ascii }),
  }
}

/** White space at the beginning of the line that holds the offset. */
export function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))![0]
}

/** The white space that ends at the offset. */
export function spaceBefore(text: string, offset: number): string {
  let start = offset
  while (start > 0 && ' \t\r\n'.includes(text[start - 1]!)) start--
  return text.slice(start, offset)
}

/** A value in the document's style: spread over lines below `prefix`, or on one line where there is no prefix. */
export function printValue(value: JsonValue, style: DocumentStyle, prefix: string | undefined): string {
  if (prefix === undefined) {
    return stringifyJson(value, { ascii: style.ascii, separators: style.gap === '' ? 'compact' : 'spaced' })
  }
  const printed = stringifyJson(value, { ascii: style.ascii, indent: style.unit, linePrefix: prefix })
  return style.eol === '\n' ? printed : printed.replaceAll('\n', style.eol)
}
