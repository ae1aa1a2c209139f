import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconCopy, IconReplace } from '@tabler/icons-react'
import { printable, formatShape } from '../ui/format'
import { applySetting, layoutOf, type TunedSetting } from './apply'
import type { LabProps } from './lab-props'
import { SettingScripts } from './setting-scripts'
import classes from './tune.module.css'

/** What was chosen in both parts of the laboratory, and what can be done with it. */
export function SettingBar({ node, store, tune }: LabProps) {
  const chosen = tune((s) => s.chosen)
  const layout = tune((s) => s.layout)
  const codecs = chosen && !chosen.present ? chosen.setting : undefined
  const shape = layout && !layout.present ? layout : undefined
  const nothing = !codecs && !shape
  const setting: TunedSetting = {
    store: store.id,
    path: node.path,
    codecs,
    ...(shape && { chunks: shape.chunks, shards: shape.shards }),
  }
  const above = node.path === '' ? null : node.path.split('/').slice(0, -1).join('/')
  return (
    <section className={classes['settingBar']} aria-label="Chosen setting">
      <div className={classes['settingText']}>
        <span>
          <span className={classes['dim']}>Codecs </span>
          {codecs ? chosen?.name : 'as they are'}
        </span>
        <span>
          <span className={classes['dim']}>Chunks </span>
          {shape ? formatShape(shape.chunks) : 'as they are'}
        </span>
        {shape?.shards && (
          <span>
            <span className={classes['dim']}>Shards </span>
            {formatShape(shape.shards)}
          </span>
        )}
        {codecs && chosen?.warning !== undefined && (
          <span role="note" className={classes['warning']}>
            {chosen.warning}
          </span>
        )}
      </div>
      {(chosen !== null || layout !== null) && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => tune.setState({ chosen: null, layout: null })}
        >
          Clear
        </Button>
      )}
      <Menu position="top-end" width={300} keepMounted={false} disabled={nothing}>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            disabled={nothing}
            leftSection={<IconCopy size={13} />}
            rightSection={<IconChevronDown size={12} />}
          >
            Copy as…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <SettingScripts store={store.id} path={node.path} layout={layoutOf(setting)} />
        </Menu.Dropdown>
      </Menu>
      <Menu position="top-end" disabled={nothing}>
        <Menu.Target>
          <Button
            size="compact-sm"
            disabled={nothing}
            leftSection={<IconReplace size={13} />}
            rightSection={<IconChevronDown size={12} />}
            title={nothing ? 'Choose a codec or a chunk shape first' : undefined}
          >
            Apply…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => applySetting(setting, { inPlace: false })}>To a new array…</Menu.Item>
          <Menu.Item disabled={store.readOnly} onClick={() => applySetting(setting, { inPlace: true })}>
            In place…
            {store.readOnly && <div className={classes['dim']}>The store is read-only.</div>}
          </Menu.Item>
          {above !== null && codecs && (
            <Menu.Item
              disabled={store.readOnly}
              onClick={() => applySetting({ store: store.id, path: above, codecs }, { inPlace: true })}
            >
              The codecs to every array below /{printable(above)}…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </section>
  )
}
