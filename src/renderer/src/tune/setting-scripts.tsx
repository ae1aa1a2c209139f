import { Menu } from '@mantine/core'
import type { LayoutChange } from '@shared/model/jobs'
import type { Script } from '@shared/script/operation'
import { useRequest } from '../rpc/use-request'
import { messageOf } from '../state/problems'
import { copyText } from '../ui/copy-text'
import classes from './tune.module.css'

/** What gives the array the setting, as a command and as Python; the menu says why where there is none. */
export function SettingScripts({
  store,
  path,
  layout,
}: {
  store: string
  path: string
  layout: LayoutChange
}) {
  const { chunks, shards, order, filters, compressor } = layout
  const asked = JSON.parse(JSON.stringify({ chunks, shards, order, filters, compressor })) as Partial<{
    chunks: (number | null)[]
    shards: (number | null)[] | null
    order: 'C' | 'F'
    filters: string[]
    compressor: string | null
  }>
  const { data, status, error } = useRequest('trials.scripts', { store, path, layout: asked })
  const waiting: Script = { whyNot: status === 'error' ? messageOf(error) : 'Working it out…' }
  return (
    <>
      <ScriptItem label="Copy as command" script={data?.command ?? waiting} />
      <ScriptItem label="Copy as Python" script={data?.python ?? waiting} />
    </>
  )
}

function ScriptItem({ label, script }: { label: string; script: Script }) {
  return (
    <Menu.Item
      disabled={'whyNot' in script}
      onClick={() => {
        if ('text' in script) void copyText(script.text)
      }}
    >
      {label}
      {'whyNot' in script && <div className={classes['dim']}>{script.whyNot}</div>}
    </Menu.Item>
  )
}
