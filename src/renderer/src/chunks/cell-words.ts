import { formatBytes, formatCount, formatRatio, formatRegion } from '../ui/format'
import type { CellInfo } from './map-model'

/** What a cell is called: "Chunk (1, 0)", "24 chunks (0–3, 0–5)". */
export function cellTitle({ coords, extent, total, single }: CellInfo): string {
  if (single) return `Chunk (${coords.join(', ')})`
  const places = extent
    ? coords
        .map((c, i) => ((extent[i] ?? 1) === 1 ? String(c) : `${c}–${c + (extent[i] ?? 1) - 1}`))
        .join(', ')
    : `from ${coords.join(', ')} on`
  return `${formatCount(total)} chunks (${places})`
}

export const cellRegion = ({ region }: CellInfo): string | null =>
  region && region.start.length > 0 ? `[${formatRegion(region.start, region.shape)}]` : null

/** How a cell is stored, in words: bytes, ratio, states. */
export function cellState(info: CellInfo, rawBytes: number, why?: string): string {
  const { initialized, total, bytes, findings, single } = info
  if (single) {
    const decoded = info.raw?.chunk ?? rawBytes
    const raw = decoded > 0 ? `${formatBytes(decoded)} → ` : ''
    const edited = findings.edited > 0 ? ', edited' : ''
    // A shard that cannot be read counts no chunks: whether this one is stored is not known.
    if (initialized === 0) return `${raw}${why === undefined ? 'missing' : 'cannot be decoded'}${edited}`
    const ratio = decoded > 0 ? `, ratio ${formatRatio(decoded, bytes)}` : ''
    const state =
      findings.corrupt > 0 || why !== undefined
        ? ', cannot be decoded'
        : findings.fillOnly > 0
          ? ', nothing but the fill value'
          : ''
    return `${raw}${formatBytes(bytes)}${ratio}${state}${edited}`
  }
  const parts = [
    `${formatCount(initialized)} stored`,
    `${formatCount(total - initialized)} missing`,
    formatBytes(bytes),
  ]
  const stored = info.raw?.stored ?? rawBytes * initialized
  if (initialized > 0 && stored > 0) parts.push(`ratio ${formatRatio(stored, bytes)}`)
  if (findings.fillOnly > 0) parts.push(`${formatCount(findings.fillOnly)} nothing but fill`)
  if (findings.corrupt > 0) parts.push(`${formatCount(findings.corrupt)} cannot be decoded`)
  if (findings.edited > 0) parts.push(`${formatCount(findings.edited)} edited`)
  return parts.join(', ')
}

/** The same facts as the hover card has, for those who listen. */
export function cellSentence(info: CellInfo, rawBytes: number, why?: string): string {
  const region = cellRegion(info)
  return [cellTitle(info), ...(region ? [`region ${region}`] : []), cellState(info, rawBytes, why)].join(': ')
}
