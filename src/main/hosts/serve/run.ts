import type { EngineHandle } from '../engine-handle'
import type { OpenArguments } from '../arguments'
import { RecentStores } from '../recent'
import { stateFolder } from '../state-folder'
import { browserCommand, openBrowser } from './open-browser'
import { startServeHost } from './serve-host'

/** What the entries know and hosts do not. */
export interface HostProgram {
  version: string
  /** Folder of the built window. */
  bundle: string
  engine: (workers: number | undefined) => Promise<EngineHandle>
}

/**
 * Serves until SIGINT or SIGTERM; answers the exit status. Prints `Zarrscope: <address>` on stdout, and nothing else
 * there, once requests are answered.
 */
export async function runServe(args: OpenArguments, program: HostProgram): Promise<number> {
  const stopped = stopSignal()
  const engine = await program.engine(args.workers)
  try {
    const host = await startServeHost({
      ...args,
      engine,
      bundle: program.bundle,
      version: program.version,
      cwd: process.cwd(),
      recent: new RecentStores(stateFolder()),
    })
    if (args.host !== undefined && !/^(127\.|localhost$|::1$)/.test(args.host))
      process.stderr.write(exposure(args.host))
    process.stdout.write(`Zarrscope: ${host.url}\n`)
    if (args.socket !== undefined) process.stderr.write(`Listening on the socket ${args.socket}.\n`)
    else if (args.open) showBrowser(host.passUrl)
    await stopped
    await host.close()
  } finally {
    await engine.close()
  }
  return 0
}

function showBrowser(passUrl: () => string): void {
  if (browserCommand('') === null) return
  const command = browserCommand(passUrl())
  if (command) openBrowser(command)
}

/** A second signal ends the process the hard way, should closing hang. */
const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

const exposure = (host: string): string =>
  `warning: listening on ${host}: whoever can reach this machine and learns the token can use the folders named here, ` +
  'and the connection is not encrypted. An SSH tunnel to 127.0.0.1 is safer.\n'
