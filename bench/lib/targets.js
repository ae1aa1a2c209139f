import { NEARBY } from '../data/array-list.js'
import { families, ratios } from './ratios.js'

const LZ4 = 'arange lz4-5-1'
const NOISY = 'noisy lz4-5-1'
const PEERS = ['zarr-python 3', 'zarr-python 2', 'GDAL', 'zarrita']

/**
 * The aims, each with what was reached: `value` counts how many times as long the peer takes (by medians), or what the
 * unit says; undefined where it was not measured.
 * @returns {{aim: string, unit: string, goal: number, value: number | undefined, atMost?: boolean}[]}
 */
export function targets({ sections }) {
  const { reads, writes, listing, zip, codecs, latency, window, memory } = sections
  const nearby = families(reads?.arrays?.[LZ4]?.nearby).zarrscope
  const times = (section, array, operation, peer, measure = 'median') => {
    const found = families(section?.arrays?.[array]?.[operation])
    const own = found.zarrscope
    const names = peer === 'best' ? PEERS.filter((name) => found[name]) : [peer]
    if (!own || names.length === 0 || !found[names[0]]) return undefined
    return Math.min(...names.map((name) => ratios(own, found[name])[measure]))
  }
  const read = (array, operation, peer, goal, measure) => ({
    aim: `${array}: ${operation}, beside ${peer === 'best' ? 'every peer' : peer}${measure === 'p95' ? ', 95th percentile' : measure === 'best' ? ', best times' : ''}`,
    unit: '×',
    goal,
    value: times(reads, array, operation, peer, measure),
  })
  const write = (array, goal) => ({
    aim: `${array}: write, beside zarr-python 3`,
    unit: '×',
    goal,
    value: times(writes, array, 'write', 'zarr-python 3'),
  })
  const share = (array, operation, goal) => ({
    aim: `${array}: ${operation}, of the speed of libblosc with two threads`,
    unit: '×',
    goal,
    value: times(reads, array, operation, 'libblosc'),
  })
  const count = (store, operation, peer, goal) => {
    const found = listing?.stores?.[store]?.[operation]
    return {
      aim: `${store}: ${operation}, time beside ${peer}`,
      unit: '×',
      goal,
      atMost: true,
      value: found?.zarrscope && found[peer] ? found.zarrscope.median / found[peer].median : undefined,
    }
  }
  const archive = (peer, goal) => {
    const found = zip?.operations?.directory
    return {
      aim: `zip of ${zip?.entries ?? 1_000_001} entries: its directory, time beside ${peer}`,
      unit: '×',
      goal,
      atMost: true,
      value: found?.zarrscope && found[peer] ? found.zarrscope.median / found[peer].median : undefined,
    }
  }
  return [
    read(LZ4, 'reused', 'zarr-python 3', 1.8),
    read(LZ4, 'reused', 'zarr-python 2', 1.7),
    read(LZ4, 'fresh', 'best', 1.2, 'best'),
    read(NOISY, 'fresh', 'best', 1.2, 'best'),
    share(LZ4, 'reused', 0.75),
    share(NOISY, 'reused', 0.85),
    share('constant blosclz-5-1', 'reused', 0.9),
    share(LZ4, 'fresh', 0.92),
    ...decoding(codecs),
    write(LZ4, 1.5),
    write('noisy zstd-5-1', 1.0),
    ...['row', 'column', 'window'].flatMap((operation, i) => [
      read(LZ4, operation, 'zarr-python 3', [9, 2, 4][i]),
      read(LZ4, operation, 'best', [4, 1.1, 1.5][i]),
    ]),
    read(LZ4, 'element', 'zarr-python 3', 6),
    read(LZ4, 'element', 'zarr-python 3', 3, 'p95'),
    read(LZ4, 'element', 'best', 2),
    read(LZ4, 'element', 'best', 1.3, 'p95'),
    {
      aim: `${LZ4}: an element of a chunk that is kept`,
      unit: 'µs',
      goal: 5,
      atMost: true,
      value: nearby && (nearby.median / NEARBY) * 1000,
    },
    read('arange zlib-1', 'fresh', 'zarr-python 3', 1.2),
    read('arange zlib-1', 'fresh', 'GDAL', 0.75),
    count('1,000,000 chunks, flat', 'chunks', 'find', 0.7),
    count('1,000,000 chunks, flat', 'bytes', 'find', 0.5),
    count('100,000 chunks, flat', 'bytes', 'zarr-python 3', 1 / 30),
    archive('fflate', 0.4),
    archive('Python zipfile', 0.03),
    {
      aim: 'first cells of 1,000,000 × 3,000 float32, host just started (without drawing)',
      unit: 'ms',
      goal: 300,
      atMost: true,
      value: latency?.operations?.['first cells, host just started']?.zarrscope.median,
    },
    {
      aim: 'first cells of the same drawn in a browser, from the click',
      unit: 'ms',
      goal: 300,
      atMost: true,
      value: window?.operations?.['from the click to the first cells drawn']?.zarrscope.median,
    },
    {
      aim: 'scrolling through it',
      unit: 'frames a second',
      goal: 50,
      value: window?.frames?.['wheel through 1,000,000 rows']?.perSecond,
    },
    {
      aim: "delay of the host's event loop during a full read, 99th percentile",
      unit: 'ms',
      goal: 50,
      atMost: true,
      value: latency?.eventLoop?.['all cells read through the socket']?.delayP99,
    },
    {
      aim: 'peak memory of the host, largest of all',
      unit: 'MB',
      goal: 1000,
      atMost: true,
      value: memory?.peaks && Math.max(...Object.values(memory.peaks).map(({ peakMB }) => peakMB)),
    },
  ]
}

/** Decoding Blosc on one core: the slowest of the chunks that each aim names. */
function decoding(codecs) {
  const worst = (peer, pick) => {
    const found = Object.values(codecs?.chunks ?? {})
      .filter(({ name }) => name.startsWith('blosc') && pick(name))
      .map(({ engines }) => [engines.zarrscope, engines[peer]])
      .filter(([own, other]) => own && other)
      .map(([own, other]) => own['decode in place'].best / other.decode.best)
    return found.length > 0 ? Math.min(...found) : undefined
  }
  const isStored = (name) => name.endsWith('-0')
  const hasZlib = (name) => name.includes('zlib')
  const aim = (text, goal, value) => ({ aim: `one core: ${text}`, unit: '×', goal, value })
  return [
    aim(
      'Blosc decoded, of the speed of C',
      0.65,
      worst('numcodecs (C)', (n) => !isStored(n) && !hasZlib(n)),
    ),
    aim(
      'the same without shuffle',
      0.5,
      worst('numcodecs (C)', (n) => isStored(n) && !hasZlib(n)),
    ),
    aim('the same with zlib inside', 0.45, worst('numcodecs (C)', hasZlib)),
    aim(
      'Blosc decoded, beside the npm package numcodecs',
      2.3,
      worst('numcodecs (npm)', (n) => !hasZlib(n)),
    ),
    aim('the same with zlib inside', 1.2, worst('numcodecs (npm)', hasZlib)),
  ]
}
