import type { AttributeChange, Edit } from '../model/edits'
import { editCommand } from './edit-command'
import { pythonOfJson, pythonString } from './python-text'
import type { Script, Scripts, Where } from './operation'
import { nodeWord, shellLine } from './shell-text'

type AttributesEdit = Extract<Edit, { kind: 'attributes' | 'attributesText' }>

/** Attributes: `zarrscope attrs` knows whole ones, `zarrscope edit` and Python everything. */
export function attributesScripts(edit: AttributesEdit, { storePath }: Where): Scripts {
  const store = storePath()
  const lines =
    edit.kind === 'attributesText'
      ? [`attrs = ${pythonOfJson(edit.text)}`]
      : ['attrs = node.attrs.asdict()', ...edit.changes.flatMap(pythonOfChange)]
  const python = [
    'import zarr',
    `node = zarr.open(${pythonString(store)}, path=${pythonString(edit.path)}, mode="r+")`,
    ...lines,
    'node.attrs.put(attrs)',
  ]
  return { command: commandOf(edit, store), python: { text: `${python.join('\n')}\n` } }
}

function commandOf(edit: AttributesEdit, store: string): Script {
  const node = nodeWord(store, edit.path)
  const lines = edit.kind === 'attributes' ? edit.changes.map((change) => lineOf(change, node)) : [undefined]
  return lines.includes(undefined) ? editCommand(edit, store) : { text: `${lines.join('\n')}\n` }
}

/** A change of a whole attribute; undefined for others, and where its name would be taken for something else. */
function lineOf(change: AttributeChange, node: string): string | undefined {
  const [name] = change.path
  if (change.path.length !== 1 || typeof name !== 'string' || /^-|=/.test(name)) return undefined
  if (change.op === 'delete') return shellLine('zarrscope', 'attrs', node, '--delete', name)
  if (change.op !== 'set' && change.op !== 'insert') return undefined
  return shellLine('zarrscope', 'attrs', node, `${name}=${change.json}`)
}

function pythonOfChange(change: AttributeChange): string[] {
  const parent = `attrs${change.path.slice(0, -1).map(subscript).join('')}`
  const last = change.path.at(-1)
  if (last === undefined) return change.op === 'set' ? [`attrs = ${pythonOfJson(change.json)}`] : []
  const place = parent + subscript(last)
  switch (change.op) {
    case 'delete':
      return [`del ${place}`]
    case 'set':
      return [`${place} = ${pythonOfJson(change.json)}`]
    case 'insert':
      return typeof last === 'number'
        ? [`${parent}.insert(${last}, ${pythonOfJson(change.json)})`]
        : [`${place} = ${pythonOfJson(change.json)}`]
    case 'rename':
      return rebuilt(
        parent,
        `{(${pythonString(change.name)} if k == ${pythonString(String(last))} else k): v for k, v in ${parent}.items()}`,
      )
    case 'move':
      return typeof last === 'number'
        ? [`${parent}.insert(${change.to}, ${parent}.pop(${last}))`]
        : [
            `items = list(${parent}.items())`,
            `items.insert(${change.to}, items.pop(list(${parent}).index(${pythonString(last)})))`,
            ...rebuilt(parent, 'dict(items)'),
          ]
  }
}

const rebuilt = (parent: string, value: string): string[] => [`${parent} = ${value}`]

const subscript = (step: string | number): string =>
  typeof step === 'number' ? `[${step}]` : `[${pythonString(step)}]`
