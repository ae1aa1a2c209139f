import { families, ratios } from './ratios.js'
import { targets } from './targets.js'

/** The results as a page of Markdown. */
export function page(results, name) {
  const { machine, sections } = results
  const parts = [
    '# Results',
    'Made by `npm run bench`' +
      (name ? `; the figures are in \`${name}.json\`` : '') +
      '. What they mean: [docs/performance.md](../../docs/performance.md).',
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}. Zarrscope and zarrita ` +
      `on Node ${machine.node}.`,
    aims(results),
    ...Object.entries(sections).map(([section, found]) => render(section, found)),
  ]
  return parts.filter(Boolean).join('\n\n') + '\n'
}

function aims(results) {
  const measured = targets(results).filter(({ value }) => value !== undefined)
  if (measured.length === 0) return ''
  const rows = measured.map(({ aim, unit, goal, value, atMost }) => {
    const reached = atMost ? value <= goal : value >= goal
    const number = (n) => (unit === '×' ? `${digits(n)}×` : `${digits(n)} ${unit}`)
    return [
      aim,
      `${atMost ? 'at most' : 'at least'} ${number(goal)}`,
      number(value),
      reached ? 'yes' : '**no**',
    ]
  })
  return `## Aims\n\n${table(['', 'aim', 'measured', 'reached'], rows)}`
}

const TITLES = {
  codecs: 'Codecs, one core, GB/s of decoded bytes (best round)',
  reads: 'Reading arrays',
  writes: 'Writing arrays',
  listing: 'Counting chunks, bytes and nodes',
  zip: 'The directory of a zip',
  latency: 'First cells, and how free the host stays',
  window: 'The window in a browser',
  rpc: 'From the host to the window',
  memory: 'Memory',
}

function render(section, found) {
  const parts = [`## ${TITLES[section]}`]
  const [before, after] = found.load
  parts.push(`${found.rounds} rounds; load of the machine ${before} before, ${after} after.`)
  if (found.error) return [...parts, `Not measured: ${found.error}`].join('\n\n')
  if (section === 'codecs') parts.push(codecTable(found.chunks))
  for (const [title, operations] of Object.entries(found.arrays ?? found.stores ?? {})) {
    parts.push(`### ${title}`, timeTable(operations))
  }
  if (found.operations) parts.push(timeTable(found.operations))
  if (found.eventLoop) parts.push(eventLoopTable(found.eventLoop))
  if (found.frames) {
    const rows = Object.entries(found.frames).map(([what, { perSecond, p95, longest }]) => [
      what,
      ...[perSecond, p95, longest].map(digits),
    ])
    parts.push(table(['', 'frames a second', '95th percentile of a frame, ms', 'longest, ms'], rows))
  }
  if (found.peaks) {
    const rows = Object.entries(found.peaks).map(([what, { peakMB }]) => [what, `${peakMB} MB`])
    parts.push(table(['', 'peak resident set'], rows))
  }
  const versions = Object.entries(found.versions ?? {}).map(([engine, { version }]) => `${engine} ${version}`)
  if (versions.length > 0) parts.push(`Versions: ${versions.join(', ')}.`)
  if (found.absent?.length > 0) {
    parts.push(`Absent: ${found.absent.map(({ name, why }) => `${name} (${why})`).join(', ')}.`)
  }
  if (found.faults?.length > 0)
    parts.push(`Not counted:\n\n${found.faults.map((fault) => `- ${fault}`).join('\n')}`)
  return parts.join('\n\n')
}

/** Milliseconds of every engine; behind a peer's, how many times as long it takes: by medians, best times, processor. */
function timeTable(operations) {
  const measured = Object.entries(operations).map(([name, engines]) => [name, families(engines)])
  const columns = [...new Set(measured.flatMap(([, engines]) => Object.keys(engines)))]
  const rows = measured
    .filter(([, engines]) => Object.keys(engines).length > 0)
    .map(([name, engines]) => [
      name,
      ...columns.map((column) => (engines[column] ? cell(engines[column], column, engines.zarrscope) : '–')),
    ])
  return table(['ms', ...columns], rows)
}

function cell(figures, column, own) {
  const extra = figures.peakMB ? `, ${figures.peakMB} MB` : ''
  const tuned = figures.variant.endsWith(' tuned') ? ' ᵗ' : ''
  const time = `${digits(figures.median)}${tuned}${extra}`
  if (column === 'zarrscope' || !own) return time
  const { median, best, cpu } = ratios(own, figures)
  return `${time} (${[median, best, cpu]
    .filter((n) => n !== undefined)
    .map(digits)
    .join(' \\| ')})`
}

function codecTable(chunks) {
  const engines = ['numcodecs (C)', 'numcodecs (npm)', 'node:zlib']
  const speed = (found, operation) => (found?.[operation] ? digits(found[operation].best) : '–')
  const rows = Object.values(chunks).map(({ data, name, engines: found }) => [
    `${data} ${name}`,
    speed(found.zarrscope, 'decode in place'),
    speed(found.zarrscope, 'decode fastest'),
    ...engines.map((engine) => speed(found[engine], 'decode')),
    speed(found.zarrscope, 'encode'),
    speed(found.zarrscope, 'encode fastest'),
    ...engines.map((engine) => speed(found[engine], 'encode')),
  ])
  const short = ['C', 'npm', 'node:zlib']
  return table(['', 'decode: in place', 'copied out', ...short, 'encode: own', 'fastest', ...short], rows)
}

function eventLoopTable(found) {
  const rows = Object.entries(found).map(([what, { ms, delayP50, delayP99, delayMax }]) => [
    what,
    ...[ms, delayP50, delayP99, delayMax].map(digits),
  ])
  return table(['ms', 'took', 'delay of the event loop: median', '99th percentile', 'longest'], rows)
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** Three digits that count. */
const digits = (n) => (n >= 1000 ? Math.round(n).toLocaleString('en') : String(Number(n.toPrecision(3))))
