import type { IncomingMessage } from 'node:http'
import { hostIsOurs, parseHost, type HostHeader } from './host-names'
import type { Tokens } from './tokens'

/** What a request has shown about itself so far. */
export interface Visitor {
  host: HostHeader
  /** It carries the cookie. */
  known: boolean
}

/**
 * The checks every request passes, over HTTP and WebSocket alike: null when its Host header is not ours. `address`
 * is what the server listens on, where not loopback.
 */
export function visitorOf(request: IncomingMessage, tokens: Tokens, address?: string): Visitor | null {
  const host = parseHost(request.headers.host)
  if (!host || !hostIsOurs(host, address)) return null
  return { host, known: tokens.isToken(cookie(request, cookieName(host))) }
}

/**
 * Cookies are shared by all ports of a machine, so the name carries the port, as the browser sees it: two hosts
 * behind two tunnels do not overwrite each other's.
 */
export const cookieName = ({ port }: HostHeader): string => `zarrscope-${port || '80'}`

/** A page of another site may open a WebSocket to us, but it cannot lie about its origin. */
export function originIsOurs(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

function cookie(request: IncomingMessage, name: string): string | undefined {
  for (const part of request.headers.cookie?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}
