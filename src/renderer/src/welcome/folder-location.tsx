import { ActionIcon, Loader, TextInput } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './welcome.module.css'

interface FolderLocationProps {
  here: string
  parent: string | null
  loading: boolean
  onGo: (path: string) => void
  /** The person wants to go on to the entries. */
  onDown: () => void
}

/** The path of the folder that is shown, to be typed over, and the way up. */
export function FolderLocation({ here, parent, loading, onGo, onDown }: FolderLocationProps) {
  const [text, setText] = useState(here)
  const [known, setKnown] = useState(here)
  if (here !== known) {
    setKnown(here)
    setText(here)
  }
  return (
    <form
      className={classes['location']}
      onSubmit={(e) => {
        e.preventDefault()
        e.stopPropagation()
        onGo(text)
      }}
    >
      <ActionIcon
        size={30}
        variant="default"
        aria-label="Parent folder"
        title="Parent folder"
        disabled={parent === null}
        onClick={() => {
          if (parent !== null) onGo(parent)
        }}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <TextInput
        aria-label="Path"
        data-autofocus
        onKeyDown={(e) => {
          if (e.key !== 'ArrowDown') return
          e.preventDefault()
          onDown()
        }}
        value={text}
        rightSection={loading ? <Loader size={12} /> : null}
        onChange={(e) => setText(e.currentTarget.value)}
        spellCheck={false}
      />
    </form>
  )
}
