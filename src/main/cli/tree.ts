import { toJsonValue } from '@shared/json/access'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { NodeSummary } from '@shared/model/node'
import { summarise } from '@engine/nodes/node-summary'
import type { ZarrNode } from '@engine/nodes/open'
import { pythonTuple } from '@engine/nodes/python-repr'
import { wholeNumber } from './arguments'
import { defineCommand } from './command'
import { withNode } from './target'

export const command = defineCommand({
  name: 'tree',
  usage: 'STORE',
  summary: 'list the nodes of a store',
  positional: [1, 1],
  options: {
    json: { kind: 'boolean', help: 'one JSON document' },
    depth: { kind: 'text', value: 'N', help: 'levels below the first node (default: all)' },
  },
  async run(context) {
    const { options, io } = context
    const depth = options.depth === undefined ? undefined : wholeNumber(options.depth, 'depth')
    return withNode(context, context.positional[0]!, async (node) => {
      let first = true
      const list = options.json ? '{"nodes": [' : ''
      await io.out(list)
      for await (const batch of nodes(node, depth, io.signal)) {
        io.alive()
        const rows = batch.map((found) => (options.json ? jsonRow(found) : textRow(found, node.path)))
        await io.out(
          options.json
            ? `${first ? '' : ','}\n  ${rows.join(',\n  ')}`
            : rows.map((row) => `${row}\n`).join(''),
        )
        first = false
      }
      if (options.json) await io.out('\n]}\n')
      return 0
    })
  },
})

async function* nodes(
  node: ZarrNode,
  depth: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<NodeSummary[]> {
  yield [summarise(node.path, node.metadata)]
  if (node.kind === 'group') yield* node.walk({ signal, ...(depth === undefined ? {} : { depth }) })
}

function jsonRow({
  path,
  kind,
  dtype,
  shape,
  chunks,
  zarrFormat,
  problem,
  unsupported,
}: NodeSummary): string {
  const type = dtype !== undefined && /^[[{]/.test(dtype) ? parseJson(dtype).value : dtype
  const row = { path, kind, dtype: type, shape, chunks, zarrFormat, problem, unsupported }
  return stringifyJson(toJsonValue(row), { separators: 'spaced' })
}

/** Indented by level; what cannot be read says why on its own line. */
function textRow(
  { path, name, kind, dtype, shape, chunks, problem, unsupported }: NodeSummary,
  start: string,
): string {
  const level = path === start ? 0 : path.slice(start === '' ? 0 : start.length + 1).split('/').length
  const facts = [
    ...(path === start ? [`/${path}`] : [kind === 'group' ? `${name}/` : name]),
    ...(dtype === undefined ? [] : [dtype]),
    ...(shape ? [pythonTuple(shape)] : []),
    ...(chunks ? [`chunks=${pythonTuple(chunks)}`] : []),
    ...(problem === undefined ? [] : [`! ${problem}`]),
    ...(unsupported === undefined ? [] : [`(data not readable: ${unsupported})`]),
  ]
  return '  '.repeat(level) + facts.map(printable).join('  ')
}

/** Control characters in a foreign store's names must not move the cursor or turn text around. */
const printable = (text: string): string =>
  text.replace(/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, '\ufffd')
