import { Button } from '@mantine/core'
import type { EditConflict } from '@shared/model/edits'
import { formatCount, printable, shorten } from '../ui/format'
import { Notice } from '../ui/states'
import classes from './edits.module.css'

const MOST = 50

/** Keys that another program changed: both sides, and which one is to be kept. */
export function ConflictsView({
  conflicts,
  onResolve,
}: {
  conflicts: readonly EditConflict[]
  onResolve: (shown: readonly EditConflict[], take: 'mine' | 'theirs') => void
}) {
  return (
    <section aria-label="Conflicts" className={classes['conflicts']}>
      <Notice>
        Another program changed {conflicts.length === 1 ? 'a key' : `${formatCount(conflicts.length)} keys`}{' '}
        of this store after you had edited {conflicts.length === 1 ? 'it' : 'them'}. Nothing is saved until
        you choose what to keep.
      </Notice>
      {conflicts.length > 1 && (
        <div className={classes['foot']}>
          <span className={classes['spring']} />
          <Choice label="all" onChoose={(take) => onResolve(conflicts, take)} />
        </div>
      )}
      <ul>
        {conflicts.slice(0, MOST).map((conflict) => (
          <li key={conflict.key} className={classes['conflict']}>
            <div className={classes['conflictHead']}>
              <code>{printable(conflict.key)}</code>
              {conflict.coords && (
                <span className={classes['dim']}>chunk ({conflict.coords.join(', ')})</span>
              )}
              <span className={classes['spring']} />
              <Choice label={conflict.key} onChoose={(take) => onResolve([conflict], take)} />
            </div>
            <div className={classes['sides']}>
              <Side title="Yours" text={conflict.mine} />
              <Side title="Theirs" text={conflict.theirs} />
            </div>
          </li>
        ))}
      </ul>
      {conflicts.length > MOST && (
        <p className={classes['dim']}>and {formatCount(conflicts.length - MOST)} more</p>
      )}
    </section>
  )
}

function Choice({ label, onChoose }: { label: string; onChoose: (take: 'mine' | 'theirs') => void }) {
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Keep mine: ${printable(label)}`}
        title="The next Save overwrites what the other program wrote."
        onClick={() => onChoose('mine')}
      >
        Keep mine
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Take theirs: ${printable(label)}`}
        title="Your edits of it are dropped."
        onClick={() => onChoose('theirs')}
      >
        Take theirs
      </Button>
    </>
  )
}

function Side({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <div className={classes['dim']}>{title}</div>
      <pre tabIndex={0} aria-label={title}>
        {shorten(text, 20_000)}
      </pre>
    </div>
  )
}
