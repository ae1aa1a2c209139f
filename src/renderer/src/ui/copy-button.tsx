import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { copyText } from './copy-text'

/** A small button that copies and says so for a moment. `label` names what is copied: "Copy summary". */
export function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1200)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <ActionIcon
      size="sm"
      variant="subtle"
      color="gray"
      aria-label={copied ? 'Copied' : label}
      title={label}
      onClick={() => void copyText(typeof text === 'function' ? text() : text).then(setCopied)}
    >
      {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
    </ActionIcon>
  )
}
