import { MetadataError, UsageError } from '../errors'
import { pointer, type JsonPath } from './path'
import type { ScanOptions } from './scan'
import { documentStyle, lineIndent, printValue, spaceBefore, type DocumentStyle } from './style'
import { parseJsonTree, type JsonNode } from './tree'
import type { JsonValue } from './value'

export type JsonEdit =
  /** Replaces the value at the path; a name its object does not have yet is added at the end. */
  | { kind: 'set'; value: JsonValue }
  /** Adds a name its object does not have, or an item in front of the index (the length appends). */
  | { kind: 'insert'; value: JsonValue }
  | { kind: 'delete' }
  | { kind: 'rename'; name: string }
  /** Replaces the value at the path by JSON text, as it is written. */
  | { kind: 'text'; text: string }
  /** To the place `to` among its siblings, counted without itself. */
  | { kind: 'move'; to: number }

export interface EditOptions extends ScanOptions {
  /** Spaces per level for a document that shows none of its own, such as "{}"; without it such a document stays on one line. */
  indent?: number
}

type Container = JsonNode & { kind: 'array' | 'object' }
interface Child {
  start: number
  end: number
  value: JsonNode
}

/**
 * The document with one value changed and every other byte kept: white space, number tokens, escapes, order.
 * Throws UsageError where the path does not lead where the edit needs it, MetadataError where the text is not JSON or
 * a name on the way occurs twice.
 */
export function editJson(text: string, path: JsonPath, edit: JsonEdit, options: EditOptions = {}): string {
  const tree = parseJsonTree(text, options)
  const style = documentStyle(text, tree, options.indent)
  const last = path.at(-1)
  if (edit.kind === 'text') parseJsonTree(edit.text, options)
  if (last === undefined) {
    if (edit.kind === 'text') return splice(text, tree.start, tree.end, edit.text.trim())
    if (edit.kind !== 'set')
      throw new UsageError(`The whole document can be replaced, but there is no "${edit.kind}" for it.`)
    return splice(text, tree.start, tree.end, printValue(edit.value, style, style.multiline ? '' : undefined))
  }
  const parent = walk(tree, path.slice(0, -1), options.key)
  const at = indexOf(parent, last, path, options.key)
  const kids = children(parent)
  const child = kids[at]
  switch (edit.kind) {
    case 'set':
      if (child === undefined) return insert(text, parent, kids.length, last, edit.value, style)
      return splice(
        text,
        child.value.start,
        child.value.end,
        printValue(edit.value, style, prefixOf(text, parent, child)),
      )
    case 'text': {
      const { value } = missingUnless(child, path)
      return splice(text, value.start, value.end, edit.text.trim())
    }
    case 'move':
      return move(text, kids, at, missingUnless(child, path), edit.to)
    case 'insert':
      if (parent.kind === 'object' && child !== undefined)
        throw new UsageError(`${pointer(path)} exists already.`)
      return insert(
        text,
        parent,
        parent.kind === 'object' ? kids.length : (last as number),
        last,
        edit.value,
        style,
      )
    case 'delete':
      return remove(text, parent, kids, missingUnless(child, path), at)
    case 'rename':
      return rename(text, parent, missingUnless(child, path), edit.name, style)
  }
}

const splice = (text: string, start: number, end: number, by: string): string =>
  text.slice(0, start) + by + text.slice(end)

function missingUnless(child: Child | undefined, path: JsonPath): Child {
  if (child === undefined) throw new UsageError(`The document has no ${pointer(path)}.`)
  return child
}

function children(node: Container): Child[] {
  if (node.kind === 'array') return node.items.map((value) => ({ start: value.start, end: value.end, value }))
  return node.members.map(({ nameStart, value }) => ({ start: nameStart, end: value.end, value }))
}

function walk(root: JsonNode, path: JsonPath, key: string | undefined): Container {
  let node = root
  for (let depth = 0; depth <= path.length; depth++) {
    const here = path.slice(0, depth + 1)
    if (node.kind === 'scalar')
      throw new UsageError(`${pointer(path.slice(0, depth)) || 'The document'} is no object or array.`)
    if (depth === path.length) return node
    const child = children(node)[indexOf(node, path[depth]!, here, key)]
    node = missingUnless(child, here).value
  }
  throw new UsageError(`The document has no ${pointer(path)}.`)
}

/** Index of a child, or the number of children for a name that is not there. */
function indexOf(node: Container, step: string | number, path: JsonPath, key = ''): number {
  if (node.kind === 'array') {
    if (typeof step === 'number' && Number.isInteger(step) && step >= 0 && step <= node.items.length)
      return step
    throw new UsageError(`${pointer(path)}: an array of ${node.items.length} items has no place "${step}".`)
  }
  const found = node.members.flatMap((member, i) => (member.name === String(step) ? [i] : []))
  if (found.length > 1) {
    throw new MetadataError(
      key,
      pointer(path),
      'the name occurs twice; edit the document by hand to keep one of them.',
    )
  }
  return found[0] ?? node.members.length
}

/** Indentation of a child's line; undefined where the container is on one line. */
function prefixOf(text: string, parent: Container, child: Child): string | undefined {
  return text.slice(parent.start, child.start).includes('\n') ? lineIndent(text, child.start) : undefined
}

function insert(
  text: string,
  parent: Container,
  at: number,
  step: string | number,
  value: JsonValue,
  style: DocumentStyle,
): string {
  const kids = children(parent)
  const entry = (prefix: string | undefined): string =>
    (parent.kind === 'object' ? style.string(String(step)) + style.colon : '') +
    printValue(value, style, prefix)
  const first = kids[0]
  if (first === undefined) {
    if (!style.multiline) return splice(text, parent.start + 1, parent.end - 1, entry(undefined))
    const outer = lineIndent(text, parent.start)
    const inner = outer + style.unit
    return splice(
      text,
      parent.start + 1,
      parent.end - 1,
      style.eol + inner + entry(inner) + style.eol + outer,
    )
  }
  const neighbour = kids[Math.min(at, kids.length - 1)]!
  const prefix = prefixOf(text, parent, first)
  const gap = prefix === undefined ? style.gap : spaceBefore(text, neighbour.start)
  if (at < kids.length) return splice(text, neighbour.start, neighbour.start, `${entry(prefix)},${gap}`)
  return splice(text, neighbour.end, neighbour.end, `,${gap}${entry(prefix)}`)
}

function remove(text: string, parent: Container, kids: Child[], child: Child, at: number): string {
  if (kids.length === 1) return splice(text, parent.start + 1, parent.end - 1, '')
  if (at === 0) return splice(text, child.start, kids[1]!.start, '')
  return splice(text, kids[at - 1]!.end, child.end, '')
}

/** The texts of the children change places, what stands between them stays. */
function move(text: string, kids: Child[], at: number, child: Child, to: number): string {
  if (to < 0 || to >= kids.length)
    throw new UsageError(`There is no place ${to} among ${kids.length} values.`)
  const order = kids.toSpliced(at, 1).toSpliced(to, 0, child)
  let moved = text.slice(0, kids[0]!.start)
  order.forEach((kid, i) => {
    const next = kids[i + 1]
    moved += text.slice(kid.start, kid.end) + text.slice(kids[i]!.end, next?.start)
  })
  return moved
}

function rename(text: string, parent: Container, child: Child, name: string, style: DocumentStyle): string {
  if (parent.kind === 'array') throw new UsageError('Items of an array have no name to change.')
  const member = parent.members.find((m) => m.nameStart === child.start)!
  if (member.name === name) return text
  if (parent.members.some((m) => m.name === name))
    throw new UsageError(`"${name}" exists already beside "${member.name}".`)
  return splice(text, member.nameStart, member.nameEnd, style.string(name))
}
