import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBundleFile } from '../bundle-files'
import { contentSecurityPolicy } from '../csp'
import { cookieName, visitorOf, type Visitor } from './door'
import type { Tokens } from './tokens'

export interface HttpOptions {
  /** Folder of the built window. */
  bundle: string
  tokens: Tokens
  /** What the server listens on, where not loopback. */
  address: string | undefined
}

/**
 * Answers HTTP: the token for a cookie, then the files of the window, by GET and HEAD alone. It knows nothing of
 * stores; those are reached through the WebSocket only.
 */
export function httpHandler(
  options: HttpOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(request, response, options).catch(() => response.destroy())
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): Promise<void> {
  const visitor = visitorOf(request, options.tokens, options.address)
  setHeaders(response, visitor)
  if (!visitor) return end(response, 421, 'This host does not answer to that name.')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return end(response, 405, 'Only GET and HEAD are answered here.')
  }
  // Not through the URL class: it would tidy the path up before it is checked.
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s)
  const token = path === '/' ? new URLSearchParams(query).get('token') : null
  if (token !== null) return admit(response, options.tokens, visitor, token)
  if (!visitor.known)
    return end(response, 403, 'Open the address that zarrscope printed when it started; it carries a token.')
  const file = await readBundleFile(options.bundle, path)
  if (!file) return end(response, 404, 'There is nothing here.')
  response.setHeader('Content-Type', file.type)
  response.setHeader('Content-Length', file.bytes.byteLength)
  response.end(request.method === 'HEAD' ? undefined : file.bytes)
}

/** The token leaves the address bar, the history and the Referer at once. */
function admit(response: ServerResponse, tokens: Tokens, { host }: Visitor, token: string): void {
  if (!tokens.admits(token)) {
    return end(
      response,
      403,
      'This token is not valid (any more); open the address that zarrscope printed when it started.',
    )
  }
  response.setHeader('Set-Cookie', `${cookieName(host)}=${tokens.token}; HttpOnly; SameSite=Strict; Path=/`)
  response.setHeader('Location', '/')
  end(response, 303, '')
}

function setHeaders(response: ServerResponse, visitor: Visitor | null): void {
  const { name, port } = visitor?.host ?? { name: '', port: '' }
  const webSocket = visitor ? { webSocket: `ws://${name}${port && `:${port}`}` } : {}
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(webSocket))
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Cache-Control', 'no-store')
}

function end(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(text === '' ? undefined : `${text}\n`)
}
