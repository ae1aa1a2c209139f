#!/usr/bin/env node
/**
 * Reads every case of a corpus of damaged stores through the built command line and judges it by its manifest:
 * `node test/judge-mutations.js BASE CASES`, where BASE holds the undamaged stores and CASES a manifest.jsonl whose
 * entries say `path`, `source` and `expect` (equal, fill, error, error_or_equal, safe). One `zarrscope batch` process
 * reads them all; it must neither crash, hang, return other values than expected, grow without bound, nor touch a store.
 * Every array is read whole, also where damage made it enormous. A small disk for scratch (TMPDIR on a tmpfs of 64 MiB)
 * keeps that short: what does not fit there must end with an error.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  createReadStream,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [base, cases] = process.argv.slice(2)
if (!base || !cases) {
  console.error('usage: node test/judge-mutations.js BASE CASES')
  process.exit(2)
}
const cli = join(import.meta.dirname, '../out/main/cli.js')
const scratch = mkdtempSync(join(tmpdir(), 'zarrscope-judge-'))

/** One long-lived engine; a reply that does not come within the limit is a hang. */
class Batch {
  constructor() {
    this.child = spawn(process.execPath, [cli, 'batch', '--quiet'], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.waiting = new Map()
    this.peak = 0
    this.id = 0
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const reply = JSON.parse(line)
      this.waiting.get(reply.id)?.(reply)
      this.waiting.delete(reply.id)
    })
    this.ended = new Promise((done) => this.child.on('exit', (code, signal) => done({ code, signal })))
  }

  run(...argv) {
    const id = ++this.id
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(Object.assign(new Error('hang'), { argv })), 120_000)
      this.waiting.set(id, (reply) => {
        clearTimeout(timer)
        done(reply)
      })
      void this.ended.then(() => fail(new Error('crash')))
      this.child.stdin.write(`${JSON.stringify({ id, argv })}\n`)
    })
  }

  measure() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
    this.peak = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024
    return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }

  /** Peak since the last call, in MiB. */
  takePeak() {
    this.measure()
    const { peak } = this
    writeFileSync(`/proc/${this.child.pid}/clear_refs`, '5')
    return peak
  }
}

/** Of what was read, which is removed then. */
async function digest(file) {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece)
  rmSync(file)
  return hash.digest('hex')
}

/** Names, sizes, kinds and times of everything below a path; FIFOs and links are not followed. */
function trace(path) {
  const hash = createHash('sha256')
  const visit = (at) => {
    const stat = lstatSync(at, { bigint: true })
    hash.update(`${at} ${stat.mode} ${stat.size} ${stat.mtimeNs} ${stat.ino}\n`)
    if (stat.isDirectory()) for (const name of readdirSync(at).sort()) visit(join(at, name))
  }
  visit(path)
  return hash.digest('hex')
}

const batch = new Batch()

async function read(store, array) {
  const out = join(scratch, 'out.raw')
  const reply = await batch.run('get', array === '' ? store : `${store}/${array}`, '-f', 'raw', '-o', out)
  return reply.status === 0 ? { values: await digest(out) } : { error: reply.stderr.trim() }
}

const sources = new Map()
async function source(name) {
  if (sources.has(name)) return sources.get(name)
  const [store, one] = name.split('+')
  const path = join(base, store)
  const { nodes } = JSON.parse((await batch.run('tree', path, '--json')).stdout)
  const arrays = new Map()
  for (const node of nodes.filter((n) => n.kind === 'array')) {
    const flat = node.path.replaceAll('/', '_')
    if (one === undefined || flat === one)
      arrays.set(one === undefined ? node.path : flat, await read(path, node.path))
  }
  sources.set(name, arrays)
  return arrays
}

/** What lies outside of every store; an error may quote the name of an entry that holds it, but must show no content. */
const CANARY = /CANARY-7f3a/
const QUOTED_NAME = /the name of an entry, "(?:[^"\\]|\\.)*"/
/** MiB that reading one store may take at most. */
const MEMORY = 1800
let highest = 0
const counts = new Map()
const findings = []
const records = readFileSync(join(cases, 'manifest.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((l) => JSON.parse(l))
for (const record of records) {
  const path = join(cases, record.path)
  const expected = await source(record.source)
  const before = trace(path)
  const outcomes = []
  const find = (what, detail) =>
    findings.push({
      case: record.case,
      mutation: record.mutations[0].mutation,
      expect: record.expect,
      what,
      detail,
    })
  try {
    for (const [array, { values }] of expected) {
      const found = await read(path, array)
      if (CANARY.test(found.error?.replace(QUOTED_NAME, '') ?? '')) find('canary', found.error)
      if (/inside the program/.test(found.error ?? '')) find('internal error', `${array}: ${found.error}`)
      outcomes.push(found.error ? 'error' : found.values === values ? 'equal' : 'differs')
    }
  } catch (error) {
    find(error.message, `${record.path} ${String(error.argv ?? '')}`)
    if (error.message === 'crash') break
  }
  const peak = batch.takePeak()
  highest = Math.max(highest, peak)
  if (peak > MEMORY) find('memory', `${record.path} ${peak.toFixed(0)} MiB`)
  if (readdirSync(scratch).length > 0) find('output left behind', readdirSync(scratch).join())
  if (trace(path) !== before) find('touched the store', record.path)
  const differs = outcomes.includes('differs')
  const error = outcomes.includes('error')
  if (differs && ['error', 'error_or_equal', 'equal'].includes(record.expect))
    find('silently wrong', outcomes.join())
  if (error && ['equal', 'fill'].includes(record.expect)) find('harmless refused', outcomes.join())
  if (record.expect === 'error' && !error && !differs) find('damage not reported', outcomes.join())
  counts.set(record.expect, (counts.get(record.expect) ?? 0) + 1)
}
const rss = batch.measure()
batch.child.stdin.end()
await batch.ended
rmSync(scratch, { recursive: true, force: true })
console.log(
  records.length,
  'cases',
  Object.fromEntries(counts),
  `peak ${highest.toFixed(0)} MiB, last ${rss.toFixed(0)} MiB`,
)
const kinds = new Map()
for (const { what, mutation, expect } of findings) {
  const kind = `${what} | ${mutation} | expect ${expect}`
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
}
for (const [kind, n] of [...kinds].sort()) console.log(String(n).padStart(5), kind)
for (const finding of findings.slice(0, 40)) console.log(JSON.stringify(finding))
process.exit(findings.some(({ what }) => !['harmless refused', 'damage not reported'].includes(what)) ? 1 : 0)
