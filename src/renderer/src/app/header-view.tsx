import { ActionIcon, Menu, type MantineColorScheme, UnstyledButton } from '@mantine/core'
import {
  IconChevronRight,
  IconDatabase,
  IconDeviceDesktop,
  IconMenu2,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { commandEntries, MENUS } from '@shared/rpc/commands'
import { printable } from '../ui/format'
import classes from './app.module.css'
import { isEnabled, isKnown, keysOf, runCommand, useCommandVersion } from './commands'
import { KeysText } from './keys-text'

/** The bar above everything: menu, the way to the node in front, palette and theme. */
export function HeaderView(props: {
  storeName: string | null
  /** Path of the node in front; null where none is open. */
  path: string | null
  scheme: MantineColorScheme
  onScheme: (scheme: MantineColorScheme) => void
  onPath: (path: string) => void
  onPalette: () => void
}) {
  return (
    <>
      <MainMenu />
      <Breadcrumb storeName={props.storeName} path={props.path} onPath={props.onPath} />
      <UnstyledButton
        className={classes['paletteButton'] ?? ''}
        onClick={props.onPalette}
        aria-label="Commands"
      >
        <IconSearch size={14} aria-hidden />
        <span className={classes['paletteText']}>Command or node…</span>
        <KeysText keys={keysOf('tools.palette')} />
      </UnstyledButton>
      <ThemeMenu scheme={props.scheme} onScheme={props.onScheme} />
    </>
  )
}

function MainMenu() {
  return (
    <Menu position="bottom-start" width={280} keepMounted={false}>
      <Menu.Target>
        <ActionIcon color="gray" size={28} aria-label="Menu" title="Menu">
          <IconMenu2 size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes['menu'] ?? ''}>
        <MenuItems />
      </Menu.Dropdown>
    </Menu>
  )
}

/** The commands by menu, as the native menu has them. */
function MenuItems() {
  useCommandVersion()
  const known = commandEntries().filter(([id]) => isKnown(id))
  return MENUS.filter((menu) => known.some(([, c]) => c.menu === menu)).map((menu) => (
    <div key={menu} role="group" aria-label={menu}>
      <Menu.Label>{menu}</Menu.Label>
      {known
        .filter(([, c]) => c.menu === menu)
        .map(([id, { title }]) => (
          <Menu.Item
            key={id}
            disabled={!isEnabled(id)}
            rightSection={<KeysText keys={keysOf(id)} />}
            onClick={() => runCommand(id)}
          >
            {title}
          </Menu.Item>
        ))}
    </div>
  ))
}

function Breadcrumb({
  storeName,
  path,
  onPath,
}: {
  storeName: string | null
  path: string | null
  onPath: (path: string) => void
}) {
  if (storeName === null) return <div className={classes['breadcrumb']}>Zarrscope</div>
  const names = path === null || path === '' ? [] : path.split('/')
  return (
    <nav aria-label="Breadcrumb" className={`${classes['breadcrumb']} ${classes['path']}`}>
      <IconDatabase size={14} className={classes['dim']} aria-hidden />
      <Crumb name={storeName} last={path !== null && names.length === 0} onClick={() => onPath('')} />
      {names.map((name, i) => (
        <span key={names.slice(0, i + 1).join('/')} className={classes['crumbPart']}>
          <IconChevronRight size={12} className={classes['dim']} aria-hidden />
          <Crumb
            name={name}
            last={i === names.length - 1}
            onClick={() => onPath(names.slice(0, i + 1).join('/'))}
          />
        </span>
      ))}
    </nav>
  )
}

function Crumb({ name, last, onClick }: { name: string; last: boolean; onClick: () => void }) {
  return (
    <UnstyledButton
      className={classes['crumb'] ?? ''}
      aria-current={last ? 'location' : undefined}
      title={printable(name)}
      onClick={onClick}
    >
      {printable(name)}
    </UnstyledButton>
  )
}

const SCHEMES = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'auto', label: 'Follow the system', Icon: IconDeviceDesktop },
] as const

function ThemeMenu({
  scheme,
  onScheme,
}: {
  scheme: MantineColorScheme
  onScheme: (scheme: MantineColorScheme) => void
}) {
  const Current = SCHEMES.find((s) => s.value === scheme)?.Icon ?? IconDeviceDesktop
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon color="gray" size={28} aria-label="Theme" title="Theme">
          <Current size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={scheme} onChange={(value) => onScheme(value as MantineColorScheme)}>
          {SCHEMES.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
