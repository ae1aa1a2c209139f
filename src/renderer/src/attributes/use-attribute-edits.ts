import type { AttributeChange } from '@shared/model/edits'
import { useCallback, useState } from 'react'
import { applyEdit, useEdits } from '../state/edits'
import { isProblemOf } from './reserved'

/** A question about an attribute that other programs rely on, to be answered before it is changed. */
export interface ReservedQuestion {
  sentence: string
  confirm: () => void
}

/** Stages changes of a node's attributes; one at a time, the last refusal stays until the next try. */
export function useAttributeEdits(store: string, path: string) {
  const frozen = useEdits((s) => s.byStore[store]?.frozen ?? null)
  const known = useEdits((s) => s.byStore[store] !== undefined)
  const [error, setError] = useState<unknown>(null)
  const [question, setQuestion] = useState<ReservedQuestion | null>(null)

  const stage = useCallback(
    async (changes: AttributeChange[]): Promise<boolean> => {
      setError(null)
      try {
        await applyEdit(store, { kind: 'attributes', path, changes }, { label: 'Change attributes' })
        return true
      } catch (thrown) {
        setError(thrown)
        return false
      }
    },
    [store, path],
  )
  const stageText = useCallback(
    async (text: string): Promise<boolean> => {
      setError(null)
      try {
        await applyEdit(store, { kind: 'attributesText', path, text }, { label: 'Change attributes' })
        return true
      } catch (thrown) {
        setError(thrown)
        return false
      }
    },
    [store, path],
  )
  /** Asks first where the change takes away something that a convention relies on. */
  const stageCarefully = useCallback(
    (change: AttributeChange): void => {
      const sentence = isProblemOf(change)
      if (sentence === null) void stage([change])
      else
        setQuestion({
          sentence,
          confirm: () => {
            setQuestion(null)
            void stage([change])
          },
        })
    },
    [stage],
  )
  return {
    frozen: known ? frozen : 'The store is still being opened.',
    error,
    question,
    dismissQuestion: () => setQuestion(null),
    stage,
    stageText,
    stageCarefully,
  }
}
