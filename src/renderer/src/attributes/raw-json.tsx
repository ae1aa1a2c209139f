import { json } from '@codemirror/lang-json'
import { Button, useComputedColorScheme } from '@mantine/core'
import CodeMirror, { EditorView } from '@uiw/react-codemirror'
import { useState } from 'react'
import { Notice, ErrorNote } from '../ui/states'
import classes from './attributes.module.css'
import { typedAttributes } from './value-text'

const EXTENSIONS = [
  json(),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': 'Attributes as JSON' }),
]
const SETUP = {
  foldGutter: true,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  autocompletion: false,
} as const

/** The text of the attributes as it is stored, and where the store can be edited, as it is to be. Loaded on first use. */
export default function RawJson({
  text,
  onStage,
}: {
  text: string
  /** Null where nothing can be edited. */
  onStage: ((text: string) => Promise<boolean>) | null
}) {
  const scheme = useComputedColorScheme()
  // What was typed, over the stored text it began with: when that changes, the typing is kept and the change is said.
  const [draft, setDraft] = useState<{ text: string; over: string } | null>(null)
  const typed = draft === null ? null : typedAttributes(draft.text)
  const edited = draft !== null && draft.text !== text
  return (
    <>
      {edited && (
        <div className={classes['rawBar']}>
          {typed && 'error' in typed ? (
            <ErrorNote error={typed.error} compact />
          ) : draft.over !== text ? (
            <Notice>The attributes were changed meanwhile; staging this text replaces them all.</Notice>
          ) : typed?.warning !== undefined ? (
            <Notice>{typed.warning}</Notice>
          ) : (
            <span className={classes['count']}>Changed, not staged yet.</span>
          )}
          <span className={classes['spring']} />
          <Button size="compact-sm" variant="default" onClick={() => setDraft(null)}>
            Reset
          </Button>
          <Button
            size="compact-sm"
            disabled={!typed || 'error' in typed || !onStage}
            onClick={() =>
              void onStage?.(draft.text).then((staged) => {
                if (staged) setDraft(null)
              })
            }
          >
            Stage
          </Button>
        </div>
      )}
      <CodeMirror
        className={classes['raw'] ?? ''}
        value={draft?.text ?? text}
        height="100%"
        theme={scheme}
        extensions={EXTENSIONS}
        basicSetup={SETUP}
        readOnly={onStage === null}
        onChange={(next) => setDraft((before) => ({ text: next, over: before?.over ?? text }))}
      />
    </>
  )
}
