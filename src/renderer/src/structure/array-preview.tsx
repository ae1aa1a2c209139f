import type { ArrayPreview } from '@shared/model/preview'
import { formatBytes, formatCount, formatShape } from '../ui/format'
import classes from './structure.module.css'

/** The documents exactly as they will be written, and what the array comes to; what is wrong stands at its field. */
export function ArrayPreviewView({ preview }: { preview: ArrayPreview | undefined }) {
  if (!preview) return <p className={classes['text']}>Working out the metadata…</p>
  if ('error' in preview)
    return (
      <p className={classes['text']} role="status">
        The document shows once the field marked red is right.
      </p>
    )
  const { documents, chunks, nchunks, chunkBytes, nbytes, files, warnings } = preview
  const bytes = (n: number | null): string => (n === null ? 'varies' : formatBytes(n))
  return (
    <section aria-label="Preview" className={classes['form']}>
      <dl className={classes['counts']}>
        <dt>Chunks</dt>
        <dd>{`${formatCount(nchunks)} of ${formatShape(chunks)}`}</dd>
        <dt>A chunk</dt>
        <dd>{`${bytes(chunkBytes)} before compression`}</dd>
        <dt>All</dt>
        <dd>{`${bytes(nbytes)}, at most ${formatCount(files)} files`}</dd>
      </dl>
      {warnings.map((warning) => (
        <p key={warning} className={classes['warning']}>
          {warning}
        </p>
      ))}
      {documents.map(({ key, text }) => (
        <div key={key}>
          <p className={classes['text']}>{key}</p>
          <pre className={classes['preview']} aria-label={`Document ${key}`} tabIndex={0}>
            {text}
          </pre>
        </div>
      ))}
    </section>
  )
}
