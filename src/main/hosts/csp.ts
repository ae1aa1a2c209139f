/**
 * The content security policy of the window, sent as a header by both hosts: scripts, styles, fonts and connections
 * from the host itself and from nowhere else.
 */
export function contentSecurityPolicy({ webSocket }: { webSocket?: string } = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Plot and component libraries set styles at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Older browsers do not take 'self' for the WebSocket of the same origin.
    `connect-src 'self'${webSocket ? ` ${webSocket}` : ''}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
