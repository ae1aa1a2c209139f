import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startEngines, stopEngines } from '../lib/engines.js'
import { below, PROJECT } from '../lib/folder.js'
import { findPython } from '../lib/peers.js'
import { summary } from '../lib/statistics.js'

const SERVERS = join(PROJECT, 'bench/servers')

/**
 * Reading the directory of a zip of 1,000,000 entries (100,000 with --quick), and the memory that takes. Zarrscope opens
 * an array in it; how long it takes when the array's chunks are counted too is told beside that.
 */
export async function zip({ options, log }) {
  const side = options.quick ? 316 : 1000
  const python = findPython('zipfile')
  const path = below('zip', `${side}x${side}.zip`)
  if (!existsSync(path)) {
    if (!python) throw new Error('The zip is made by Python; none was found.')
    log(`making ${path}`)
    execFileSync(python.command, [...python.args, join(PROJECT, 'bench/data/zip.py'), path, String(side)], {
      cwd: PROJECT,
    })
  }
  const script = (file, ...words) => ({ command: options.node, args: [join(SERVERS, file), ...words] })
  const { running, absent } = await startEngines([
    { name: 'zarrscope', start: script('zip_zarrscope.js', options.build) },
    { name: 'fflate', start: script('zip_npm.js', 'fflate') },
    { name: 'unzipit', start: script('zip_npm.js', 'unzipit') },
    {
      name: 'Python zipfile',
      start: python && { command: python.command, args: [...python.args, join(SERVERS, 'zip_python.py')] },
    },
  ])
  const faults = []
  const samples = {}
  try {
    for (const { server } of running) await server.ask('open', path)
    for (let round = 0; round < Math.min(options.rounds, 3); round++) {
      for (const { name, server } of running) {
        for (const operation of name === 'zarrscope' ? ['directory', 'chunks'] : ['directory']) {
          const answer = await server.ask('time', operation)
          const isRight = answer.error === undefined && (answer.count ?? side * side) === side * side
          if (isRight) ((samples[operation] ??= {})[name] ??= []).push(answer)
          else faults.push(`${name} finds ${answer.error ?? answer.count} chunks of ${side * side}`)
        }
      }
    }
  } finally {
    await stopEngines(running)
  }
  const summaries = (byName) =>
    Object.fromEntries(
      Object.entries(byName).map(([name, list]) => [
        name,
        { ...summary(list), peakMB: Math.round(Math.max(...list.map(({ rss }) => rss)) / 1e6) },
      ]),
    )
  const operations = Object.fromEntries(
    Object.entries(samples).map(([operation, byName]) => [operation, summaries(byName)]),
  )
  return { entries: side * side + 1, operations, absent, faults }
}
