import { join } from 'node:path'
import { makeManyChunks, makeTree } from '../data/many-chunks.js'
import { commandEngine } from '../lib/command-engine.js'
import { startEngines, stopEngines } from '../lib/engines.js'
import { below, PROJECT } from '../lib/folder.js'
import { interleave } from '../lib/interleave.js'
import { findPython } from '../lib/peers.js'

const SERVERS = join(PROJECT, 'bench/servers')
const GROUPS = 300
const ARRAYS = 199

/** The stores, largest last; `slow` names what takes an engine minutes there and is left out. */
const STORES = [
  {
    name: '100,000 chunks, flat',
    file: 'flat-100k',
    side: 316,
    separator: '.',
    slow: { 'zarr-python 3': ['chunks'] },
  },
  {
    name: '1,000,000 chunks, flat',
    file: 'flat-1m',
    side: 1000,
    separator: '.',
    slow: { 'zarr-python 3': ['chunks', 'bytes'] },
  },
  {
    name: '1,000,000 chunks, nested',
    file: 'nested-1m',
    side: 1000,
    separator: '/',
    slow: { 'zarr-python 3': ['chunks', 'bytes'] },
  },
]

/**
 * Counting the stored chunks and bytes of arrays, and the nodes of a tree, from names and sizes in warm caches of the
 * system. `find` prints names ("chunks") or sizes ("bytes").
 */
export async function listing({ options, log }) {
  const results = {}
  const faults = []
  const absent = []
  const stores = options.quick ? STORES.slice(0, 1) : STORES
  for (const { name, file, side, separator, slow } of stores) {
    const path = below('listing', file)
    log(name)
    makeManyChunks(path, side, separator)
    const once = { repeat: 1, places: () => [] }
    const operations = ['chunks', 'bytes'].map((operation) => ({ ...once, name: operation, skip: slow }))
    results[name] = await compare(path, 'array', operations, side * side, options, { faults, absent })
  }
  const path = below('listing', 'tree-60k')
  log('tree of 60,000 nodes')
  makeTree(path, GROUPS, ARRAYS)
  const nodes = 1 + GROUPS * (1 + ARRAYS)
  const operations = [{ name: 'nodes', repeat: 1, places: () => [] }]
  results['tree of 60,000 nodes'] = await compare(path, 'group', operations, nodes, options, {
    faults,
    absent,
  })
  return { stores: results, absent: unique(absent), faults }
}

async function compare(path, kind, operations, expected, { node, build, peers, rounds }, { faults, absent }) {
  const python = (condition) => {
    const found = findPython('zarr', condition)
    return found && { command: found.command, args: [...found.args, join(SERVERS, 'counts_zarr_python.py')] }
  }
  const started = await startEngines(
    [
      { name: 'zarrscope', start: { command: node, args: [join(SERVERS, 'counts_zarrscope.js'), build] } },
      { name: 'zarr-python 3', start: python('int(zarr.__version__.split(".")[0]) >= 3') },
      { name: 'zarr-python 2', start: python('zarr.__version__.startswith("2")') },
    ].filter(({ name }) => name === 'zarrscope' || !peers || peers.includes(name)),
  )
  absent.push(...started.absent)
  const engines = [...started.running, findEngine(path)]
  try {
    for (const { name, server } of started.running) {
      await server.ask('open', path, kind)
      for (const operation of operations) {
        if (operation.name === 'bytes' || operation.skip?.[name]?.includes(operation.name)) continue
        const { count, error } = await server.ask('time', operation.name)
        if (count !== expected)
          faults.push(`${name} counts ${error ?? count} ${operation.name} where there are ${expected}`)
      }
    }
    return await interleave(engines, operations, Math.min(rounds, 3))
  } finally {
    await stopEngines(started.running)
  }
}

const findEngine = (path) =>
  commandEngine('find', {
    chunks: ['find', path, '-type', 'f'],
    bytes: ['find', path, '-type', 'f', '-printf', '%s\\n'],
    nodes: ['find', path, '-type', 'd'],
  })

const unique = (list) => [...new Map(list.map((item) => [item.name, item])).values()]
