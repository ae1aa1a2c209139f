import { Modal } from '@mantine/core'
import { COMMANDS } from '@shared/rpc/commands'
import { useEffect, useMemo, useState } from 'react'
import { keysOf, runCommand, useCommandVersion } from '../app/commands'
import { useDialogs } from '../state/dialogs'
import { ensureIndex, useNodeIndex } from '../state/node-index'
import { useSession } from '../state/session'
import { openTab } from '../state/tabs'
import { dtypeLabel } from '../ui/format'
import { paletteCommands, paletteNodes } from './entries'
import classes from './palette.module.css'
import { type PaletteEntry, PaletteView } from './palette-view'

const MOST_NODES = 50

/** The palette: every command that can run now, and every node by any part of its path. */
export function PaletteContainer() {
  const mode = useDialogs((s) => s.palette)
  return (
    <Modal.Root
      opened={mode !== null}
      onClose={close}
      size={560}
      yOffset={64}
      padding={0}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes['content'] ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content aria-label="Commands">{mode && <Entries mode={mode} />}</Modal.Content>
    </Modal.Root>
  )
}

const close = (): void => useDialogs.setState({ palette: null })

function Entries({ mode }: { mode: 'commands' | 'nodes' }) {
  const [query, setQuery] = useState('')
  const { version } = useCommandVersion()
  const stores = useSession((s) => s.stores)
  const byStore = useNodeIndex((s) => s.byStore)
  useEffect(() => {
    for (const store of stores) ensureIndex(store.id, store.name)
  }, [stores])

  const commands = useMemo<PaletteEntry[]>(() => {
    // The version stands for the handlers behind the commands.
    if (mode === 'nodes' || version < 0) return []
    return paletteCommands(query).map((id) => ({
      id,
      kind: 'command',
      label: COMMANDS[id].title,
      detail: COMMANDS[id].menu,
      keys: keysOf(id),
      run: () => runCommand(id),
    }))
  }, [mode, query, version])
  const nodes = useMemo<PaletteEntry[]>(() => {
    if (mode === 'commands' && query.trim() === '') return []
    const all = stores.map((s) => byStore[s.id]?.nodes ?? [])
    return paletteNodes(all, query, MOST_NODES).map(({ store, summary }) => ({
      id: `${store}:${summary.path}`,
      kind: summary.kind,
      label: `/${summary.path}`,
      detail: dtypeLabel(summary.dtype ?? ''),
      keys: undefined,
      run: () => openTab(store, summary.path, { keep: true }),
    }))
  }, [mode, query, stores, byStore])
  const listing = stores.some((s) => byStore[s.id]?.status === 'loading')
  return (
    <PaletteView
      placeholder={
        mode === 'nodes' ? 'Go to a node: path, dtype or attribute' : 'Run a command or go to a node'
      }
      query={query}
      onQuery={setQuery}
      commands={commands}
      nodes={nodes}
      listing={listing}
      onRun={(entry) => {
        close()
        entry.run()
      }}
    />
  )
}
