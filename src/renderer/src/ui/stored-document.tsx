import { IconChevronRight } from '@tabler/icons-react'
import { place } from '@shared/json/scan'
import { useEffect, useRef } from 'react'
import { CopyButton } from './copy-button'
import { printable, printableLines } from './format'
import classes from './stored-document.module.css'

/** Characters of longer documents that are shown, around the mark where there is one; Copy gives all of the text. */
const LONGEST = 20_000

/** Offsets of the part of a text that is marked. */
export interface TextRange {
  start: number
  end: number
}

/** The text of a metadata document as it is stored, read-only; a marked part is scrolled to and named in words. */
export function StoredDocument({
  name,
  text,
  mark = null,
  note,
  isOpen = false,
}: {
  name: string
  text: string
  mark?: TextRange | null
  /** What else is to be known of it, a sentence. */
  note?: string
  /** Shown from the start. */
  isOpen?: boolean
}) {
  const marked = useRef<HTMLElement>(null)
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [mark?.start, text])
  const first = mark === null ? 0 : Math.max(0, Math.min(mark.start - LONGEST / 2, text.length - LONGEST))
  const last = Math.min(text.length, first + LONGEST)
  const words = [
    ...(mark === null ? [] : [`Marked: ${place(text, mark.start)}.`]),
    ...(note === undefined ? [] : [note]),
  ]
  return (
    <details className={classes['document']} open={isOpen}>
      <summary>
        <IconChevronRight size={14} aria-hidden />
        <code>{printable(name)}</code>
      </summary>
      {words.length > 0 && <p className={classes['place']}>{words.join(' ')}</p>}
      <div className={classes['documentBody']}>
        <pre tabIndex={0} role="region" aria-label={`Text of ${printable(name)}`}>
          {first > 0 && '…'}
          {mark === null ? (
            printableLines(text.slice(first, last))
          ) : (
            <>
              {printableLines(text.slice(first, mark.start))}
              <mark ref={marked} className={classes['mark']}>
                {visible(text.slice(mark.start, Math.min(mark.end, last)))}
              </mark>
              {printableLines(text.slice(mark.end, last))}
            </>
          )}
          {last < text.length && '…'}
        </pre>
        <CopyButton text={text} label={`Copy ${name}`} />
      </div>
    </details>
  )
}

/** A mark on the end of a line or of the document has a width as well. */
const visible = (text: string): string => (text.trim() === '' ? ` ${text}` : printableLines(text))
