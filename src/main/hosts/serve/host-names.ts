import { isIP } from 'node:net'

export interface HostHeader {
  name: string
  port: string
}

/** Name and port of a Host header ("" where it has none); null when it is not of that form. */
export function parseHost(header: string | undefined): HostHeader | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]\\]+)(?::(\d{1,5}))?$/i.exec(header ?? '')
  return match ? { name: match[1]!.toLowerCase(), port: match[2] ?? '' } : null
}

/**
 * Whether a request with this Host header was meant for us. A page of another site can point its own name at
 * 127.0.0.1 (DNS rebinding), but then its name stands here. The port is free: an SSH tunnel may map another one.
 *
 * `address` is what the server was told to listen on, if anything but loopback: that name is ours too, and where we
 * listen on every address, so is any address in figures, which needs no DNS.
 */
export function hostIsOurs(host: HostHeader, address?: string): boolean {
  if (['127.0.0.1', 'localhost', '[::1]'].includes(host.name)) return true
  if (address === undefined) return false
  const bare = host.name.replace(/^\[|\]$/g, '')
  if (bare === address.toLowerCase()) return true
  return ['0.0.0.0', '::'].includes(address) && isIP(bare) !== 0
}
