import type { ChunkDetail } from '@shared/model/chunk-map'
import { formatBytes, formatCount } from '../ui/format'
import classes from './chunks.module.css'

/** The codecs of a chunk in the order of encoding, with the bytes after each, and whether damage would be noticed. */
export function CodecSteps({ detail }: { detail: ChunkDetail }) {
  const { steps } = detail
  if (steps.length === 0) return null
  const most = steps.reduce((n, { bytes }) => Math.max(n, bytes ?? 0), 1)
  return (
    <>
      <table className={classes['steps']} aria-label="Codec chain">
        <thead>
          <tr>
            <th scope="col">codec</th>
            <th scope="col" colSpan={2}>
              bytes after
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ name, bytes, failed }, i) => (
            <tr key={i} data-failed={failed}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td aria-hidden>
                {bytes !== null && (
                  <span className={classes['stepBar']} style={{ width: `${(100 * bytes) / most}%` }} />
                )}
              </td>
              <td title={bytes === null ? '' : `${formatCount(bytes)} bytes`}>
                {bytes === null ? '?' : formatBytes(bytes)}
                {failed && ', fails'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes['quiet']}>{checksumText(detail)}</p>
    </>
  )
}

function checksumText({ checksums, state }: ChunkDetail): string {
  if (checksums.length === 0) return 'No checksum: these codecs may decode damaged bytes without a word.'
  const names = checksums.join(', ')
  return state === 'stored' ? `Checksum right: ${names}.` : `Protected by ${names}.`
}
