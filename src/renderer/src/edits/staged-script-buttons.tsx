import type { Edit, EditInfo } from '@shared/model/edits'
import { scriptOf } from '@shared/script/script'
import type { Scripts } from '@shared/script/operation'
import { useState } from 'react'
import { messageOf } from '../state/problems'
import { ScriptMenu, ScriptItems } from './script-buttons'

/** "Copy as" of a staged edit, whose values are asked for when the menu opens: the list does not hold them. */
export function StagedScriptButtons(props: {
  edit: EditInfo
  whole: () => Promise<Edit>
  storePath: string
}) {
  const { edit, whole, storePath } = props
  const [scripts, setScripts] = useState(READING)
  function read(): void {
    if (edit.takesBack)
      return setScripts(none('Save takes back what the store holds; a script cannot know it.'))
    setScripts(READING)
    whole().then(
      (found) => setScripts(scriptOf(found, { storePath: () => storePath })),
      (error: unknown) => setScripts(none(messageOf(error))),
    )
  }
  return (
    <ScriptMenu onOpen={read}>
      <ScriptItems scripts={scripts} />
    </ScriptMenu>
  )
}

const none = (whyNot: string): Scripts => ({ command: { whyNot }, python: { whyNot } })
const READING = none('Reading the values…')
