import type { FileRef } from '../model/edits'
import type { CopyTarget, JobSpec, LayoutChange, NodeRef } from '../model/jobs'
import { copyPython, importPython, migratePython, rewritePython } from './copy-python'
import type { Script, Scripts, Where } from './operation'
import { pythonString } from './python-text'
import { nodeWord, shellLine } from './shell-text'
import { structureScripts } from './structure'

/** Jobs: the command line knows them all; Python what zarr-python and NumPy can do in a few lines. */
export function jobScripts(job: JobSpec, where: Where): Scripts {
  const node = ({ store, path }: NodeRef): string => nodeWord(where.storePath(store), path)
  const line = (...words: string[]): Script => ({ text: `${shellLine('zarrscope', ...words)}\n` })
  const lineWith = (layout: LayoutChange, ...words: string[]): Script =>
    layout.shards?.includes(null)
      ? { whyNot: 'The command line takes the lengths of shards as numbers.' }
      : layout.dimensionNames !== undefined || layout.attributes !== undefined
        ? { whyNot: 'The command line copies names of dimensions and attributes as they are.' }
        : line(...words)
  switch (job.kind) {
    case 'copy':
      return {
        command: lineWith(
          job.layout,
          'copy',
          node(job.source),
          targetWord(job.target, where),
          ...layoutWords(job.layout),
          ...(job.overwrite && !job.resume ? ['--overwrite'] : []),
          ...(job.verify ? ['--verify'] : []),
          ...(job.resume ? ['--resume'] : []),
          ...(job.unsafe ? ['--unsafe'] : []),
        ),
        python: copyPython(job, where),
      }
    case 'rewrite':
      return {
        command: job.only
          ? { whyNot: 'The command line stores one array at a time again.' }
          : lineWith(
              job.layout,
              isRechunk(job.layout) ? 'rechunk' : 'recompress',
              node(job.source),
              ...layoutWords(job.layout),
            ),
        python: rewritePython(job, where),
      }
    case 'append':
      return {
        command: line('append', node(job.target), sourceWord(job.source, where), '--axis', String(job.axis)),
        python: appendPython(job, where),
      }
    case 'import':
      return {
        command: /\.csv$/i.test(job.source.path)
          ? { whyNot: 'The command line appends tables to arrays; it does not import them.' }
          : lineWith(
              job.layout,
              'copy',
              `${job.source.path}${job.inside === undefined ? '' : `::${job.inside}`}`,
              node(job.target),
              ...layoutWords(job.layout),
            ),
        python: importPython(job, where),
      }
    case 'export':
      return {
        command:
          job.format === 'zip'
            ? line('copy', node(job.source), job.target.path, ...(job.overwrite ? ['--overwrite'] : []))
            : line('get', node(job.source), job.selection ?? '...', '-f', job.format, '-o', job.target.path),
        python: exportPython(job, where),
      }
    case 'migrate':
      return {
        command: line('migrate', node(job.source), '--to', '3'),
        python: migratePython(job, where),
      }
    case 'resize':
      return structureScripts(
        { kind: 'resize', path: job.source.path, shape: job.shape },
        nodeIn(job.source, where),
      )
    case 'delete':
      return structureScripts({ kind: 'delete', path: job.source.path }, nodeIn(job.source, where))
    case 'move':
      return structureScripts({ kind: 'move', path: job.source.path, to: job.to }, nodeIn(job.source, where))
    case 'verify':
      return {
        command: line('verify', node(job.source), ...(job.data ? ['--data'] : [])),
        python: { whyNot: 'zarr-python does not verify stores.' },
      }
  }
}

const nodeIn = ({ store }: NodeRef, where: Where): Where => ({ storePath: () => where.storePath(store) })

const targetWord = (target: CopyTarget, where: Where): string =>
  'store' in target
    ? nodeWord(where.storePath(target.store), target.path)
    : nodeWord(target.file.path, target.path)

const sourceWord = (source: FileRef | NodeRef, where: Where): string =>
  'store' in source ? nodeWord(where.storePath(source.store), source.path) : source.path

const isRechunk = ({ chunks, shards, ...rest }: LayoutChange): boolean =>
  (chunks ?? shards) !== undefined && Object.values(rest).every((value) => value === undefined)

/** The options of `copy`, `rechunk` and `recompress`. */
function layoutWords(layout: LayoutChange): string[] {
  const { chunks, shards, order, dtype, compressor, filters, zarrFormat } = layout
  const lengths = (list: readonly (number | null)[]): string =>
    list.map((length) => length ?? 'none').join(',')
  return [
    ...(compressor === undefined ? [] : ['--compressor', compressor ?? 'none']),
    ...(filters === undefined
      ? []
      : (filters.length === 0 ? ['none'] : filters).flatMap((filter) => ['--filter', filter])),
    ...(order === undefined ? [] : ['--order', order]),
    ...(chunks === undefined ? [] : ['--chunks', lengths(chunks)]),
    ...(shards === undefined ? [] : ['--shards', shards === null ? 'none' : lengths(shards)]),
    ...(dtype === undefined ? [] : ['--dtype', dtype]),
    ...(zarrFormat === undefined ? [] : ['--zarr-format', String(zarrFormat)]),
    ...(layout.fillValue === undefined ? [] : [`--fill=${layout.fillValue}`]),
    ...(layout.separator === undefined ? [] : ['--separator', layout.separator]),
  ]
}

function appendPython(job: Extract<JobSpec, { kind: 'append' }>, where: Where): Script {
  const { source, target, axis } = job
  const items =
    'store' in source
      ? `zarr.open_array(${pythonString(where.storePath(source.store))}, path=${pythonString(source.path)}, mode="r")[...]`
      : /\.csv$/i.test(source.path)
        ? `np.loadtxt(${pythonString(source.path)}, delimiter=",")`
        : `np.load(${pythonString(source.path)})`
  return {
    text: [
      'import numpy as np',
      'import zarr',
      '',
      `array = zarr.open_array(${pythonString(where.storePath(target.store))}, path=${pythonString(target.path)}, mode="r+")`,
      `items = ${items}`,
      `array.append(items.astype(array.dtype), axis=${axis})`,
      '',
    ].join('\n'),
  }
}

function exportPython(job: Extract<JobSpec, { kind: 'export' }>, where: Where): Script {
  const { source, selection, format, target } = job
  if (format === 'zip') return { whyNot: 'zarr-python 3 has no call that copies nodes.' }
  if (selection !== undefined && /=|"/.test(selection))
    return { whyNot: 'Python takes no dimension names and no fields in a selection.' }
  const write = {
    npy: `np.save(${pythonString(target.path)}, items)`,
    csv: `np.savetxt(${pythonString(target.path)}, items, delimiter=",", fmt="%s")`,
    raw: `items.tofile(${pythonString(target.path)})`,
  }[format]
  return {
    text: [
      'import numpy as np',
      'import zarr',
      '',
      `array = zarr.open_array(${pythonString(where.storePath(source.store))}, path=${pythonString(source.path)}, mode="r")`,
      `items = array[${selection ?? '...'}]`,
      write,
      '',
    ].join('\n'),
  }
}
