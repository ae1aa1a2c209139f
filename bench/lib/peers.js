import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pythons } from '../../scripts/pythons.js'
import { below, FOLDER, PROJECT } from './folder.js'

/**
 * What runs a program: `command` with `args` before the program's own.
 * @typedef {{command: string, args: string[]}} Runner
 */

/**
 * What docs/performance.md advises for large results in new memory: the C library asks the system for huge pages, as
 * NumPy does by itself.
 */
const HUGE_PAGES = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' }

const SERVERS = join(PROJECT, 'bench/servers')

/** What a program prints; undefined where it cannot be run or fails. @param {Runner} runner */
export function output({ command, args }, ...words) {
  try {
    const options = { cwd: PROJECT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    return execFileSync(command, [...args, ...words], options).trim()
  } catch {
    return undefined
  }
}

/** The first Python for which an expression over what `imports` names is true, and which sees the folder of data. */
export function findPython(imports, condition = 'True') {
  const program = `import os, ${imports}\nprint(os.path.isdir(${JSON.stringify(FOLDER)}) and ${condition})`
  below('probe')
  return pythons().find((python) => output(python, '-c', program) === 'True')
}

/** A Python with zarr and numcodecs that makes the data. */
export const findMaker = () => findPython('zarr, numcodecs, numpy')

/** The Blosc program, compiled where a compiler and Blosc's headers are there. @returns {Runner | undefined} */
function nativeBlosc() {
  const program = below('native-blosc')
  const source = join(SERVERS, 'native_blosc.c')
  const words = ['-O2', '-pthread', source, '-o', program, '-lblosc']
  return output({ command: 'cc', args: words }) === undefined ? undefined : { command: program, args: [] }
}

/**
 * The engines that read and write arrays, with what starts them, or why they are absent. `family` names the columns of
 * the results; an engine with documented settings for speed has a "tuned" variant beside the default one.
 * @param {{node: string, build: string, baseline?: string, peers: string[] | undefined}} options
 */
export function arrayEngines({ node, build, baseline, peers }) {
  const script = (runner, file, ...words) =>
    runner && { command: runner.command, args: [...runner.args, join(SERVERS, file), ...words] }
  const javascript = { command: node, args: [] }
  const three = findPython('zarr', 'int(zarr.__version__.split(".")[0]) >= 3')
  const two = findPython('zarr', 'zarr.__version__.startswith("2")')
  const gdal = findPython('osgeo.gdal')
  const engines = [
    { name: 'zarrscope', family: 'zarrscope', start: script(javascript, 'zarrscope.js', build) },
    {
      name: 'zarrscope tuned',
      family: 'zarrscope',
      start: { ...script(javascript, 'zarrscope.js', build), env: HUGE_PAGES },
    },
    ...(baseline
      ? [{ name: 'baseline', family: 'baseline', start: script(javascript, 'zarrscope.js', baseline) }]
      : []),
    {
      name: 'libblosc',
      family: 'libblosc',
      start: nativeBlosc(),
      why: 'no C compiler, or no headers of Blosc (libblosc-dev)',
    },
    ...variants('zarr-python 3', three, 'zarr_python.py', 'no Python with zarr 3 or later'),
    ...variants('zarr-python 2', two, 'zarr_python.py', 'no Python with zarr 2 (python3-zarr)'),
    ...variants('GDAL', gdal, 'gdal_arrays.py', 'no Python with GDAL (python3-gdal)'),
    { name: 'zarrita', family: 'zarrita', start: script(javascript, 'zarrita.js') },
  ]
  return engines.filter(
    ({ family }) => family === 'zarrscope' || family === 'baseline' || !peers || peers.includes(family),
  )

  function variants(family, python, file, why) {
    return ['default', 'tuned'].map((variant) => {
      const name = variant === 'default' ? family : `${family} tuned`
      return { name, family, start: script(python, file, variant), why }
    })
  }
}
