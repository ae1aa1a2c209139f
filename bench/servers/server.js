import { createInterface } from 'node:readline'
import { crc32 } from './crc32.js'

/**
 * The loop of the JavaScript line servers; lib/line-server.js describes the protocol.
 * @param {object} hello
 * @param {Record<string, (...places: (number | string)[]) => unknown>} operations
 * @param {(...words: string[]) => Promise<typeof operations>} [openArray] gives the operations on an array
 */
export async function serve(hello, operations, openArray) {
  say(hello)
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...words] = line.split('\t')
    try {
      if (command === 'open') {
        operations = withNearby(await openArray(...words))
        say({ ok: true })
        continue
      }
      const operation = operations[words[0]]
      const places = words.slice(1).map((word) => (/^-?\d+$/.test(word) ? Number(word) : word))
      if (!operation) say({ absent: words[0] })
      else if (command === 'check') say({ crc: crc32(bytesOf(await operation(...places))) })
      else say(await timed(operation, places))
    } catch (error) {
      say({ error: String(error?.message ?? error).slice(0, 300) })
    }
  }
}

/** Adds: elements of one chunk, one after the other, as somebody looks around in it; an engine may keep the chunk. */
function withNearby(operations) {
  const { element } = operations
  if (!element) return operations
  const nearby = async (count) => {
    for (let k = 0; k < count; k++) await element((k * 37) % 1000, (k * 91) % 1000)
  }
  return { ...operations, nearby }
}

async function timed(operation, places) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const result = await operation(...places)
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  const own = result !== null && typeof result === 'object' && !ArrayBuffer.isView(result) ? result : {}
  return { ms, cpu: (user + system) / 1000, ...own }
}

const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\n')
