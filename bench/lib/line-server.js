import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * An engine that was started once and answers one line of JSON for every line of tab-separated words.
 *
 * Its first line says what it is ({ version, … }). `open ARRAY SCRATCH …` opens an array; `time OPERATION PLACE…` does
 * something once and answers { ms, cpu }; `check OPERATION PLACE…` does it and answers { crc } of the bytes it got;
 * { absent } means that the engine does not offer the operation, { error } that it failed.
 */
export class LineServer {
  /** @param {{command: string, args: string[], cwd?: string, env?: Record<string, string>}} start */
  static async start({ command, args, cwd, env }) {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const server = new LineServer(child)
    const { error, ...hello } = await server.next()
    if (error) throw new Error(error)
    server.hello = hello
    return server
  }

  constructor(child) {
    this.child = child
    this.hello = {}
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    this.complaint = ''
    this.gone = new Promise((resolve) => {
      child.on('error', (error) => resolve((this.complaint ||= error.message)))
      child.on('close', resolve)
    })
    child.stdin.on('error', () => undefined)
    child.stderr.on('data', (text) => (this.complaint = (this.complaint + text).slice(-2000)))
  }

  /** @param {...(string | number)} words */
  async ask(...words) {
    this.child.stdin.write(words.join('\t') + '\n')
    return this.next()
  }

  async next() {
    const line = await this.lines.next()
    if (!line.done) return JSON.parse(line.value)
    await this.gone
    return { error: `It ended: ${this.complaint.trim().split('\n').at(-1) || 'without a word'}` }
  }

  /** Ends the engine; resolves when it is gone. */
  async close() {
    this.child.stdin.end()
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), 5000)
    await this.gone
    clearTimeout(impatience)
  }
}
