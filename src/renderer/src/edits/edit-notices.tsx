import { Button } from '@mantine/core'
import { IconHistory, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import bannerClasses from '../app/app.module.css'
import { useDialogs } from '../state/dialogs'
import { useEdits } from '../state/edits'
import { useActiveStore } from '../state/session'
import { formatCount, formatWhen } from '../ui/format'

/** What became of an earlier run: edits that were brought back, a save that was finished now. */
export function EditNotices() {
  const store = useActiveStore()
  const state = useEdits((s) => (store ? s.byStore[store.id] : undefined))
  const [now] = useState(() => Date.now())
  const [seen, setSeen] = useState<readonly string[]>([])
  if (!store || !state) return null
  const { recovered, notice, edits } = state
  const isNews = (what: string): boolean => !seen.includes(`${store.id} ${what}`)
  const dismiss = (what: string): void => setSeen([...seen, `${store.id} ${what}`])
  return (
    <>
      {notice !== null && isNews(notice) && (
        <div className={bannerClasses['banner']} role="note">
          <IconInfoCircle size={16} aria-hidden />
          <span className={bannerClasses['bannerText']}>{notice}</span>
          <Button size="compact-xs" variant="default" onClick={() => dismiss(notice)}>
            Dismiss
          </Button>
        </div>
      )}
      {recovered && edits.length > 0 && isNews(String(recovered.at)) && (
        <div className={bannerClasses['banner']} role="note">
          <IconHistory size={16} aria-hidden />
          <span className={bannerClasses['bannerText']}>
            {recovered.edits === 1 ? '1 edit' : `${formatCount(recovered.edits)} edits`} that had not been
            saved ({formatWhen(recovered.at, now)}) {recovered.edits === 1 ? 'was' : 'were'} brought back.
          </span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => useDialogs.setState({ review: store.id })}
          >
            Review
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => useDialogs.setState({ discarding: store.id })}
          >
            Discard
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => dismiss(String(recovered.at))}>
            Dismiss
          </Button>
        </div>
      )}
    </>
  )
}
