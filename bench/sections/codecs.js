import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../lib/bundle.js'
import { startEngines, stopEngines } from '../lib/engines.js'
import { below, PROJECT } from '../lib/folder.js'
import { findMaker, findPython } from '../lib/peers.js'
import { quantile } from '../lib/statistics.js'
import { crc32 } from '../servers/crc32.js'

const SERVERS = join(PROJECT, 'bench/servers')
const MEASURES = ['decode', 'decode in place', 'decode fastest', 'encode', 'encode fastest']

/**
 * Decoding and encoding one chunk of 4 MB on one thread, in GB/s of decoded bytes: the median of the rounds and the
 * best of them. "in place" leaves the result in the codec module's memory, as reading an array does; "fastest" is the
 * backend that reading uses, which takes node:zlib where that is quicker.
 */
export async function codecs({ options, log }) {
  const folder = below('chunks')
  if (!existsSync(folder)) make(folder, log)
  const items = JSON.parse(readFileSync(join(folder, 'items.json'), 'utf8')).filter(
    ({ name }) => !options.quick || / lz4-5-1| zstd-5-1|^zlib|^zstd 1/.test(name),
  )
  const bundled = await bundle('codecs.ts', 'codecs')
  const { running, absent } = await startEngines(engines(options, bundled))
  const faults = []
  const results = {}
  try {
    for (const item of items)
      results[item.file] = { ...item, engines: await measure(item, running, folder, options.rounds, faults) }
  } finally {
    await stopEngines(running)
  }
  const versions = Object.fromEntries(running.map(({ name, server }) => [name, server.hello]))
  return { chunks: results, versions, absent, faults }
}

function make(folder, log) {
  const maker = findMaker()
  if (!maker) throw new Error('The chunks are made by a Python with numcodecs; none was found.')
  log(`making chunks in ${folder}`)
  execFileSync(maker.command, [...maker.args, join(PROJECT, 'bench/data/chunks.py'), folder], {
    cwd: PROJECT,
  })
}

function engines({ node, peers }, bundled) {
  const python =
    findPython('numcodecs', 'int(numcodecs.__version__.split(".")[1]) > 12') ?? findPython('numcodecs')
  const script = (file, ...words) => ({ command: node, args: [join(SERVERS, file), ...words] })
  return [
    { name: 'zarrscope', start: script('codecs_zarrscope.js', bundled) },
    {
      name: 'numcodecs (C)',
      start: python && {
        command: python.command,
        args: [...python.args, join(SERVERS, 'codecs_numcodecs.py')],
      },
      why: 'no Python with numcodecs',
    },
    { name: 'numcodecs (npm)', start: script('codecs_npm.js') },
    { name: 'node:zlib', start: script('codecs_node.js') },
  ].filter(({ name }) => name === 'zarrscope' || !peers || peers.includes(name))
}

async function measure({ file, data, codec }, engines, folder, rounds, faults) {
  const raw = join(folder, `${data}.raw`)
  const expected = crc32(readFileSync(raw))
  const times = {}
  const sizes = {}
  const sound = []
  for (const { name, server } of engines) {
    await server.ask('open', raw, join(folder, file), JSON.stringify(codec))
    const answers = [await server.ask('check', 'bytes'), await server.ask('check', 'round trip')]
    if (answers.some(({ absent }) => absent)) continue
    if (answers.some(({ crc }) => crc !== expected)) {
      faults.push(
        `${name} gives something else for ${file}: ${answers.map((a) => a.error ?? a.crc).join(', ')}`,
      )
      continue
    }
    sound.push({ name, server })
    sizes[name] = (await server.ask('time', 'size')).size
  }
  for (let round = 0; round < rounds; round++) {
    for (const { name, server } of sound) {
      for (const operation of MEASURES) {
        const answer = await server.ask('time', operation)
        if (answer.ms !== undefined) ((times[name] ??= {})[operation] ??= []).push(answer.ms)
      }
    }
  }
  const speed = (ms) => Number((4e-3 / (ms / 1e3)).toFixed(4))
  return Object.fromEntries(
    Object.entries(times).map(([name, operations]) => [
      name,
      {
        size: sizes[name],
        ...Object.fromEntries(
          Object.entries(operations).map(([operation, list]) => [
            operation,
            { median: speed(quantile(list, 0.5)), best: speed(Math.min(...list)) },
          ]),
        ),
      },
    ]),
  )
}
