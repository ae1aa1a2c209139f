import { scanJson, type JsonScalar, type ScanOptions } from './scan'

/** A value with its place in the text: `text.slice(start, end)` is the token or the whole container. */
export type JsonNode = { start: number; end: number } & (
  | { kind: 'scalar'; value: JsonScalar }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'object'; members: JsonMember[] }
)

export interface JsonMember {
  name: string
  /** Offsets of the name with its quotes. */
  nameStart: number
  nameEnd: number
  value: JsonNode
}

/** Parses a document into a tree with the offset of every token, duplicates included. Throws as `parseJson`. */
export function parseJsonTree(text: string, options: ScanOptions = {}): JsonNode {
  let root: JsonNode | undefined
  const stack: (JsonNode & { kind: 'array' | 'object' })[] = []
  let name = { name: '', nameStart: 0, nameEnd: 0 }
  const add = (node: JsonNode): void => {
    const top = stack.at(-1)
    if (top === undefined) root = node
    else if (top.kind === 'array') top.items.push(node)
    else top.members.push({ ...name, value: node })
  }
  scanJson(
    text,
    {
      open(kind, start) {
        const node =
          kind === 'array'
            ? { kind, start, end: start, items: [] as JsonNode[] }
            : { kind, start, end: start, members: [] as JsonMember[] }
        add(node)
        stack.push(node)
      },
      close(end) {
        stack.pop()!.end = end
      },
      key(text, nameStart, nameEnd) {
        name = { name: text, nameStart, nameEnd }
      },
      scalar(value, start, end) {
        add({ kind: 'scalar', value, start, end })
      },
    },
    options,
  )
  return root!
}
