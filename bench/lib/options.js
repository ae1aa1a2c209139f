import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECT } from './folder.js'

/** The sections in the order they run. */
export const SECTIONS = ['codecs', 'reads', 'writes', 'listing', 'zip', 'latency', 'window', 'rpc', 'memory']

export const USAGE = `npm run bench -- [options]

Measures Zarrscope beside other readers and writers of Zarr on this machine.

  --only LIST      sections, comma-separated: ${SECTIONS.join(', ')}
  --arrays LIST    arrays of the reads and writes, by name, or "all" (see bench/data/array-list.js)
  --peers LIST     engines to compare with, by name; all that are installed when absent
  --rounds N       rounds of each interleaved run (5; 2 with --quick)
  --quick          fewer arrays, fewer rounds, smaller listings
  --node PATH      the Node that runs Zarrscope and zarrita (this one when absent)
  --build PATH     the build of Zarrscope (the folder out)
  --baseline PATH  another build to measure beside it in the reads and writes
  --name NAME      the file of results below bench/results: the date when absent, none with --quick. Sections
                   that the file has and this run has not are kept
  --help

BENCH_DIR names the folder for data (several GB, made once); a folder of the system's temporary one when absent.`

/** @typedef {ReturnType<typeof readOptions>} Options */

/** @param {string[]} words the command line without the program's name; throws an Error with one sentence */
export function readOptions(words) {
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: 'string' },
      arrays: { type: 'string' },
      peers: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      node: { type: 'string', default: process.execPath },
      build: { type: 'string', default: join(PROJECT, 'out') },
      baseline: { type: 'string' },
      name: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const { quick } = values
  for (const build of [values.build, values.baseline]) {
    if (build && !values.help && !existsSync(join(build, 'main/library.js')))
      throw new Error(`${build} holds no build; npm run build makes one.`)
  }
  const sections = list(values.only) ?? SECTIONS
  for (const section of sections) {
    if (!SECTIONS.includes(section))
      throw new Error(`There is no section "${section}"; there are ${SECTIONS.join(', ')}.`)
  }
  const rounds = Number(values.rounds ?? (quick ? 2 : 5))
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a whole number from 1 on, not "${values.rounds}".`)
  return {
    sections: SECTIONS.filter((section) => sections.includes(section)),
    arrays: list(values.arrays),
    peers: list(values.peers),
    rounds,
    quick,
    node: values.node,
    build: resolve(values.build),
    baseline: values.baseline && resolve(values.baseline),
    name: values.name ?? (quick ? undefined : new Date().toISOString().slice(0, 10)),
    help: values.help,
  }
}

const list = (text) =>
  text
    ?.split(',')
    .map((word) => word.trim())
    .filter(Boolean)
