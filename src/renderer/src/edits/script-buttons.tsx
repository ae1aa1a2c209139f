import { ActionIcon, Menu } from '@mantine/core'
import type { Operation, Scripts } from '@shared/script/operation'
import { scriptOf } from '@shared/script/script'
import { IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { copyText } from '../ui/copy-text'
import classes from './edits.module.css'

interface ScriptProps {
  operation: Operation
  /** Of the one store that is meant, or of each by its id. */
  storePath: string | ((id?: string) => string)
}

/** "Copy as command" and "Copy as Python" of an operation; the menu says why where there is none. */
export function ScriptButtons({ operation, storePath }: ScriptProps) {
  const where = { storePath: typeof storePath === 'string' ? () => storePath : storePath }
  return (
    <ScriptMenu>
      <ScriptItems scripts={scriptOf(operation, where)} />
    </ScriptMenu>
  )
}

/** The button and the menu around the two items. */
export function ScriptMenu({ children, onOpen }: { children: ReactNode; onOpen?: () => void }) {
  return (
    <Menu position="bottom-end" width={280} keepMounted={false} {...(onOpen && { onOpen })}>
      <Menu.Target>
        <ActionIcon size={20} color="gray" aria-label="Copy as…" title="Copy as command or Python">
          <IconCopy size={13} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

/** The two items alone, for menus that have others too. */
export function ScriptItems({ scripts: { command, python } }: { scripts: Scripts }) {
  return (
    <>
      {(
        [
          ['Copy as command', command],
          ['Copy as Python', python],
        ] as const
      ).map(([label, script]) => (
        <Menu.Item
          key={label}
          disabled={'whyNot' in script}
          onClick={() => {
            if ('text' in script) void copyText(script.text)
          }}
        >
          {label}
          {'whyNot' in script && <div className={classes['whyNot']}>{script.whyNot}</div>}
        </Menu.Item>
      ))}
    </>
  )
}
