import { IconChevronRight } from '@tabler/icons-react'
import { CopyButton } from '../ui/copy-button'
import { printable, shorten } from '../ui/format'
import { Card } from './card'
import classes from './overview.module.css'

/** Longer documents are shown up to here; Copy gives all of it. */
const LONGEST = 20_000

/** The metadata documents as they are stored, closed until wanted. */
export function DocumentsCard({ documents }: { documents: readonly { key: string; text: string }[] }) {
  if (documents.length === 0) return null
  return (
    <Card title="Metadata documents">
      {documents.map(({ key, text }) => (
        <details key={key} className={classes['document']}>
          <summary>
            <IconChevronRight size={14} aria-hidden />
            <code>{printable(key)}</code>
          </summary>
          <div className={classes['documentBody']}>
            <pre tabIndex={0}>{shorten(text, LONGEST)}</pre>
            <CopyButton text={text} label={`Copy ${key}`} />
          </div>
        </details>
      ))}
    </Card>
  )
}
