import type { CustomScheme, Session } from 'electron'
import { readBundleFile } from '../bundle-files'
import { contentSecurityPolicy } from '../csp'

/** Where the window lives: secure content of our own, neither file: (which could read anything) nor the network. */
export const APP_ORIGIN = 'app://bundle'

/** To be registered before Electron is ready. */
export const APP_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** Answers a request for app://bundle/… with a file below `root`; everything else does not exist. */
export async function answerAppRequest(
  root: string,
  request: { url: string; method: string },
): Promise<Response> {
  const match = /^app:\/\/bundle(\/[^?#]*)/.exec(request.url)
  const file = request.method === 'GET' && match ? await readBundleFile(root, match[1]!) : null
  if (!file)
    return new Response('There is nothing here.', { status: 404, headers: { 'Content-Type': 'text/plain' } })
  return new Response(file.bytes, {
    headers: {
      'Content-Type': file.type,
      'Content-Security-Policy': contentSecurityPolicy(),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    },
  })
}

/** Answers what the window asks of app://, from the files below `root` alone. */
export function handleAppProtocol(session: Session, root: string): void {
  session.protocol.handle('app', (request) => answerAppRequest(root, request))
}
