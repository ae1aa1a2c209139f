import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Field } from './field'
import classes from './tune.module.css'

/** Candidates as text; they count once Enter is pressed or the field is left. */
export function OtherCandidates({ value, onChange }: { value: string; onChange: (others: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null)
  const commit = (): void => {
    if (draft !== null && draft !== value) onChange(draft)
    setDraft(null)
  }
  return (
    <div className={classes['others']}>
      <Field label="Others">
        <TextInput
          flex={1}
          aria-label="Other candidates"
          placeholder="zstd:19, delta+blosc:zstd:5:shuffle, F+zstd:3"
          title="Codecs joined by +, with C or F in front for another order; candidates joined by commas"
          spellCheck={false}
          autoComplete="off"
          value={draft ?? value}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape') setDraft(null)
          }}
        />
      </Field>
    </div>
  )
}
