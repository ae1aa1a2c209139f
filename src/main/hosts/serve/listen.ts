import { chmod, lstat, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { IoError, UsageError } from '@shared/errors'

export interface ListenOptions {
  port: number
  host: string | undefined
  socket: string | undefined
}

/** The origin under which this machine reaches the server, such as "http://127.0.0.1:8123". */
export async function listen(
  server: Server,
  { port, host = '127.0.0.1', socket }: ListenOptions,
): Promise<string> {
  if (socket !== undefined) {
    await listenOnSocket(server, socket)
    return 'http://localhost'
  }
  await started(server, `${host}:${port}`, () => server.listen(port, host))
  const { port: actual } = server.address() as AddressInfo
  // A server on every address is reached through loopback too.
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${actual}`
}

/** Only the owner may connect. A socket left behind by a process that died is replaced, a live one is not. */
async function listenOnSocket(server: Server, path: string): Promise<void> {
  if (process.platform === 'win32')
    throw new UsageError('--socket needs Unix sockets, which Windows does not have.')
  const there = await lstat(path).catch(() => null)
  if (there && !there.isSocket())
    throw new UsageError(`${path} exists and is not a socket; name another path.`)
  if (there) {
    if (await answers(path)) throw new UsageError(`${path} is in use by another process; name another path.`)
    await rm(path)
  }
  await started(server, path, () => {
    // The socket is made inside this call; between it and a later chmod others could connect.
    const before = process.umask(0o177)
    try {
      server.listen(path)
    } finally {
      process.umask(before)
    }
  })
  await chmod(path, 0o600)
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path)
    const end = (live: boolean) => () => {
      probe.destroy()
      resolve(live)
    }
    probe.once('connect', end(true)).once('error', end(false))
  })

function started(server: Server, where: string, listenNow: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      const code = error.code ?? 'EIO'
      const why =
        code === 'EADDRINUSE'
          ? 'it is in use; choose another or leave it out'
          : `listening is not possible (${code})`
      reject(new IoError(where, code, why, { cause: error }))
    }
    server.once('error', failed)
    server.once('listening', () => {
      server.off('error', failed)
      resolve()
    })
    listenNow()
  })
}
