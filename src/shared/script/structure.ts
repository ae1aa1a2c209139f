import type { Edit } from '../model/edits'
import { movePython } from './copy-python'
import { createArrayScripts } from './create-array'
import { editCommand } from './edit-command'
import type { Scripts, Where } from './operation'
import { pythonString } from './python-text'
import { nodeWord, shellLine } from './shell-text'

type StructureEdit = Extract<
  Edit,
  {
    kind:
      | 'createGroup'
      | 'createArray'
      | 'resize'
      | 'delete'
      | 'move'
      | 'consolidate'
      | 'deleteChunks'
      | 'rewriteChunks'
      | 'dropFillOnly'
  }
>

/** Groups, arrays and their chunks come, go and change their places. */
export function structureScripts(edit: StructureEdit, where: Where): Scripts {
  const store = where.storePath()
  const node = nodeWord(store, edit.path)
  const line = (...words: string[]) => ({ text: `${shellLine('zarrscope', ...words)}\n` })
  const python = (...lines: string[]) => ({ text: `${['import zarr', '', ...lines].join('\n')}\n` })
  const array = `zarr.open_array(${pythonString(store)}, path=${pythonString(edit.path)}, mode="r+")`
  switch (edit.kind) {
    case 'createArray':
      return createArrayScripts(edit, where)
    case 'createGroup':
      return {
        command: line('group', node, '--zarr-format', String(edit.zarrFormat)),
        python: python(
          `root = zarr.open_group(${pythonString(store)}, mode="a", zarr_format=${edit.zarrFormat})`,
          `root.require_group(${pythonString(edit.path)})`,
        ),
      }
    case 'resize':
      return {
        command: line('resize', node, edit.shape.join(','), '--yes'),
        python: python(`${array}.resize((${edit.shape.join(', ')}${edit.shape.length === 1 ? ',' : ''}))`),
      }
    case 'delete':
      return {
        command: line('delete', node, '--yes'),
        python:
          edit.path === ''
            ? { whyNot: 'zarr-python deletes nodes of a store, not the store.' }
            : python(`del zarr.open_group(${pythonString(store)}, mode="r+")[${pythonString(edit.path)}]`),
      }
    case 'move':
      return {
        command: line('move', node, edit.to),
        python: movePython(store, edit.path, edit.to),
      }
    case 'consolidate':
      return {
        command: line('consolidate', node),
        python: python(
          `zarr.consolidate_metadata(${pythonString(store)}${edit.path === '' ? '' : `, path=${pythonString(edit.path)}`})`,
        ),
      }
    case 'dropFillOnly':
      return {
        command: editCommand(edit, store),
        python: python(
          'import itertools',
          `array = ${array}`,
          'with zarr.config.set({"array.write_empty_chunks": False}):',
          '    for block in itertools.product(*(range(n) for n in array.cdata_shape)):',
          '        array.blocks[block] = array.blocks[block]',
        ),
      }
    case 'rewriteChunks':
      return {
        command: editCommand(edit, store),
        python: python(
          `array = ${array}`,
          `for block in [${edit.chunks.map((coords) => `(${coords.join(', ')},)`).join(', ')}]:`,
          '    array.blocks[block] = array.blocks[block]',
        ),
      }
    case 'deleteChunks':
      return {
        command: editCommand(edit, store),
        python: { whyNot: 'zarr-python has no call that deletes a chunk.' },
      }
  }
}
