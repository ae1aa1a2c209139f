import { CHUNK, chosenArrays, NEARBY, SHAPE } from '../data/array-list.js'
import { arrayData, makeArrays, removeScratch, scratchArray } from '../lib/array-data.js'
import { startEngines, stopEngines } from '../lib/engines.js'
import { interleave } from '../lib/interleave.js'
import { arrayEngines } from '../lib/peers.js'
import { placesFrom } from '../lib/statistics.js'

const WINDOW = 100

/** How often each read is done in a round, and where. */
function readOperations() {
  const place = placesFrom(20_240_917)
  const [rows, columns] = SHAPE
  return [
    { name: 'fresh', repeat: 1, places: () => [] },
    { name: 'huge', repeat: 1, places: () => [] },
    { name: 'reused', repeat: 1, places: () => [] },
    { name: 'row', repeat: 5, places: () => [place(rows)] },
    { name: 'column', repeat: 3, places: () => [place(columns)] },
    { name: 'window', repeat: 8, places: () => [place(rows - WINDOW), place(columns - WINDOW)] },
    { name: 'element', repeat: 40, places: () => [place(rows), place(columns)] },
    { name: 'nearby', repeat: 1, places: () => [NEARBY] },
  ]
}

const WRITE = { name: 'write', repeat: 1, places: () => [], onlyFirstRound: ['zarrita'] }

/** Places where every engine's answer is compared before anything is timed: corners, chunk edges, the middle. */
const CHECKS = [
  ['fresh'],
  ['reused'],
  ['row', 0],
  ['row', 2 * CHUNK - 1],
  ['column', 9999],
  ['column', CHUNK],
  ['window', CHUNK - 50, 3 * CHUNK - 50],
  ['window', 0, 9900],
  ['element', 0, 0],
  ['element', 7999, 8000],
]

/** Whole reads into new and reused memory, rows, columns, windows and single elements of the 400 MB arrays. */
export const reads = (context) => perArray(context, readOperations, { writes: false })

/** Whole writes of the same arrays. What every engine wrote is read back before the times count. */
export const writes = (context) => perArray(context, () => [WRITE], { writes: true })

async function perArray({ options, log }, operations, { writes }) {
  const arrays = chosenArrays(options)
  makeArrays(arrays, log)
  const { running, absent } = await startEngines(arrayEngines(options))
  const versions = Object.fromEntries(running.map(({ name, server }) => [name, server.hello]))
  const results = {}
  const faults = []
  try {
    for (const array of arrays) {
      const data = arrayData(array)
      const able = await openAll(running, data, faults, array)
      const sound = await checked(able, data, writes ? [['fresh']] : CHECKS, faults, array)
      results[array.name] = await interleave(sound, operations(), options.rounds)
      if (writes) await readBack(sound, running, data, faults, array)
      log(`${array.name}: ${running.length} engines, ${options.rounds} rounds`)
    }
  } finally {
    await stopEngines(running)
    removeScratch()
  }
  return { arrays: results, versions, absent, faults }
}

async function openAll(engines, data, faults, array) {
  const able = []
  for (const engine of engines) {
    const isBlosc = data.blosc.length > 0
    if (engine.family === 'libblosc' && !isBlosc) continue
    const answer = await engine.server.ask('open', data.path, scratchArray(data, engine.name), ...data.blosc)
    if (answer.ok) able.push(engine)
    else faults.push(`${engine.name} cannot open ${array.name}: ${answer.error}`)
  }
  return able
}

/** The engines that answer every check as the others do, and whole reads as the data was made. */
async function checked(engines, { crc }, checks, faults, array) {
  const agreed = {}
  const sound = []
  for (const engine of engines) {
    const wrong = []
    for (const words of checks) {
      const answer = await engine.server.ask('check', ...words)
      if (answer.absent) continue
      const whole = words[0] === 'fresh' || words[0] === 'reused'
      const expected = whole ? crc : (agreed[words.join()] ??= answer.crc)
      if (answer.crc !== expected) wrong.push(`${words.join(' ')}${answer.error ? ` (${answer.error})` : ''}`)
    }
    if (wrong.length === 0) sound.push(engine)
    else faults.push(`${engine.name} gives something else for ${array.name}: ${wrong.join(', ')}`)
  }
  return sound
}

/** Reads with a foreign engine, where one is there, what each engine wrote. */
async function readBack(writers, readers, { path, crc, blosc }, faults, array) {
  const reader = readers.find(({ family }) => family.startsWith('zarr-python')) ?? readers[0]
  for (const { name } of writers) {
    await reader.server.ask(
      'open',
      path.replace(/arrays\/[^/]*$/, `scratch/${name.replaceAll(' ', '-')}`),
      '',
      ...blosc,
    )
    const answer = await reader.server.ask('check', 'fresh')
    if (answer.crc !== crc && name !== 'GDAL' && name !== 'GDAL tuned') {
      faults.push(`${reader.name} reads something else from the ${array.name} that ${name} wrote`)
    }
  }
}
