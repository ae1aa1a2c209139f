import { spawn } from 'node:child_process'

/**
 * An engine whose operations are programs run anew each time; their start belongs to what is measured.
 * @param {Record<string, string[]>} operations the words of each command
 */
export const commandEngine = (name, operations) => ({
  name,
  family: name,
  server: {
    hello: {},
    async ask(_command, operation) {
      const words = operations[operation]
      return words ? timed(words) : { absent: operation }
    },
    close: async () => undefined,
  },
})

function timed([command, ...args]) {
  return new Promise((resolve) => {
    const start = performance.now()
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let lines = 0
    // Someone must read what it prints; counting its lines checks it as well.
    child.stdout.on('data', (text) => {
      for (const byte of text) if (byte === 10) lines++
    })
    child.on('error', (error) => resolve({ error: error.message }))
    child.on('close', (code) => {
      resolve(
        code === 0 ? { ms: performance.now() - start, count: lines } : { error: `it ended with ${code}` },
      )
    })
  })
}
