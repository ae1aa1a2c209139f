import type { CopyTarget, JobSpec } from '../model/jobs'
import type { Script, Where } from './operation'
import { arrayArguments } from './layout-python'
import { pythonString } from './python-text'

type Job<K extends JobSpec['kind']> = Extract<JobSpec, { kind: K }>

const isZip = (path: string): boolean => /\.(zip|ozx)$/i.test(path)

const OTHER_FORMAT = {
  whyNot: 'zarr-python would make the groups above in the other format too; use the command.',
}

/** Walks the node and what is below it, and copies arrays a chunk or shard at a time. */
export function copyPython({ source, target, layout, overwrite, unsafe }: Job<'copy'>, where: Where): Script {
  const from = where.storePath(source.store)
  const to = placeOf(target, where)
  if (isZip(to.store) && overwrite) return { whyNot: 'zarr-python replaces nothing inside of a zip file.' }
  if (layout.zarrFormat && to.path !== '') return OTHER_FORMAT
  const words = arrayArguments(layout, 'node', unsafe)
  if ('whyNot' in words) return words
  const replaces = overwrite ? ['overwrite=path == "",'] : []
  const format = layout.zarrFormat ?? 'node.metadata.zarr_format'
  const store = isZip(to.store) ? 'target' : pythonString(to.store)
  const lines = [
    ...words.imports,
    'import zarr',
    '',
    `source = zarr.open(${openingWords(from, source.path)}, mode="r")`,
    ...(isZip(to.store) ? [`target = zarr.storage.ZipStore(${pythonString(to.store)}, mode="a")`] : []),
    'members = [("", source)]',
    'if isinstance(source, zarr.Group):',
    '    members += source.members(max_depth=None)',
    'for path, node in members:',
    `    place = "/".join(part for part in (${pythonString(to.path)}, path) if part)`,
    '    if isinstance(node, zarr.Group):',
    '        zarr.create_group(',
    ...[
      `${store},`,
      'path=place,',
      'attributes=node.attrs.asdict(),',
      `zarr_format=${format},`,
      ...replaces,
    ].map((word) => `            ${word}`),
    '        )',
    '    else:',
    ...words.copy(store, 'place', replaces).map((line) => `        ${line}`),
    ...(isZip(to.store) ? ['target.close()'] : []),
  ]
  return { text: `${lines.join('\n')}\n` }
}

/** Copies an array beside itself and exchanges the two folders. */
export function rewritePython({ source, layout, only }: Job<'rewrite'>, where: Where): Script {
  const store = where.storePath(source.store)
  if (only) return { whyNot: 'Python stores one array at a time again.' }
  if (isZip(store)) return { whyNot: 'zarr-python replaces nothing inside of a zip file.' }
  if (layout.zarrFormat) return OTHER_FORMAT
  const words = arrayArguments(layout, 'source', false)
  if ('whyNot' in words) return words
  const beside = source.path === '' ? `${trimmed(store)}.rewritten` : `${source.path}.rewritten`
  const [place, name] =
    source.path === '' ? [pythonString(beside), '""'] : [pythonString(store), pythonString(beside)]
  const folder = (path: string): string =>
    pythonString(source.path === '' ? path : `${trimmed(store)}/${path}`)
  const lines = [
    'import shutil',
    ...words.imports,
    'import zarr',
    '',
    `source = zarr.open_array(${openingWords(store, source.path)}, mode="r")`,
    ...words.copy(place, name, []),
    `shutil.rmtree(${folder(source.path === '' ? trimmed(store) : source.path)})`,
    `shutil.move(${folder(beside)}, ${folder(source.path === '' ? trimmed(store) : source.path)})`,
    ...(source.path === '' ? [] : consolidatedAgain(store)),
  ]
  return { text: `${lines.join('\n')}\n` }
}

/** NumPy maps the file, so that it is read a chunk or shard at a time. */
export function importPython({ source, target, layout }: Job<'import'>, where: Where): Script {
  if (!/\.npy$/i.test(source.path)) return { whyNot: 'zarr-python reads no files of this kind.' }
  const store = where.storePath(target.store)
  if (isZip(store)) return { whyNot: 'Zip files are written by the command alone.' }
  if (layout.zarrFormat) return OTHER_FORMAT
  if (layout.dtype !== undefined || (layout.shards && (!layout.chunks || layout.shards.includes(null))))
    return { whyNot: 'Other data types and shards of a whole dimension are for the command.' }
  const words = arrayArguments(layout, 'source', false, 'zarr_format')
  if ('whyNot' in words) return words
  const lines = [
    ...new Set(['import numpy as np', ...words.imports]),
    'import zarr',
    '',
    `source = np.load(${pythonString(source.path)}, mmap_mode="r")`,
    `zarr_format = zarr.open_group(${pythonString(store)}, mode="r").metadata.zarr_format`,
    ...words.copy(pythonString(store), pythonString(target.path), ['zarr_format=zarr_format,']),
  ]
  return { text: `${lines.join('\n')}\n` }
}

/** Nodes are folders: what is in them names no paths. */
export function movePython(store: string, path: string, to: string): Script {
  if (isZip(store)) return { whyNot: 'zarr-python moves nothing inside of a zip file.' }
  const parent = to.split('/').slice(0, -1).join('/')
  const folder = (at: string): string => pythonString(`${trimmed(store)}/${at}`)
  const lines = [
    'import shutil',
    'import zarr',
    '',
    ...(parent === ''
      ? []
      : [`zarr.open_group(${pythonString(store)}, mode="r+").require_group(${pythonString(parent)})`]),
    `shutil.move(${folder(path)}, ${folder(to)})`,
    ...consolidatedAgain(store),
  ]
  return { text: `${lines.join('\n')}\n` }
}

/** Documents of format 3 beside those of format 2, by zarr-python's own migration (3.1 and later). */
export function migratePython({ source }: Job<'migrate'>, where: Where): Script {
  const store = where.storePath(source.store)
  if (isZip(store)) return { whyNot: 'zarr-python migrates no zip files.' }
  const at = source.path === '' ? store : `${trimmed(store)}/${source.path}`
  const lines = [
    'from zarr.metadata.migrate_v3 import migrate_v2_to_v3',
    'from zarr.storage import LocalStore',
    '',
    `migrate_v2_to_v3(input_store=LocalStore(${pythonString(at)}))`,
  ]
  return { text: `${lines.join('\n')}\n` }
}

/** Consolidated metadata that the store has would tell of the old place. */
const consolidatedAgain = (store: string): string[] => [
  `if zarr.open(${pythonString(store)}, mode="r").metadata.consolidated_metadata:`,
  `    zarr.consolidate_metadata(${pythonString(store)})`,
]

const trimmed = (path: string): string => path.replace(/[\\/]+$/, '')

function openingWords(store: string, path: string): string {
  const opened = isZip(store)
    ? `zarr.storage.ZipStore(${pythonString(store)}, mode="r")`
    : pythonString(store)
  return path === '' ? opened : `${opened}, path=${pythonString(path)}`
}

const placeOf = (target: CopyTarget, where: Where): { store: string; path: string } =>
  'store' in target
    ? { store: where.storePath(target.store), path: target.path }
    : { store: target.file.path, path: target.path }
