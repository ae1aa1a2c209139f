import type { MenuItemConstructorOptions } from 'electron'
import { commandEntries, MENUS, type Command, type CommandId, type MenuName } from '@shared/rpc/commands'
import type { ListedEntry } from '../recent'

export interface MenuActions {
  command: (id: CommandId) => void
  /** A store of the recent list. */
  openPath: (path: string) => void
}

export interface MenuSurroundings {
  platform: NodeJS.Platform
  packaged: boolean
  recent: readonly ListedEntry[]
}

type Item = MenuItemConstructorOptions

/** Where the system has its own idea of an action, it also works in text fields and dialogs. */
const ROLES: Partial<Record<CommandId, Item['role']>> = {
  'edit.copy': 'copy',
  'edit.paste': 'paste',
  'edit.selectAll': 'selectAll',
}

/** The native menu, from the same table as the palette; a command's shortcut is shown here and handled by the window. */
export function menuTemplate(actions: MenuActions, surroundings: MenuSurroundings): Item[] {
  const menus = MENUS.map((name): Item => ({
    label: name,
    submenu: tidy([...itemsOf(name, actions), ...extras(name, actions, surroundings)]),
  }))
  if (surroundings.platform !== 'darwin') return menus
  menus.splice(MENUS.indexOf('Help'), 0, { role: 'windowMenu' })
  return [{ role: 'appMenu' }, ...menus]
}

function itemsOf(menu: MenuName, actions: MenuActions): Item[] {
  const items: Item[] = []
  let group: number | undefined
  for (const [id, command] of commandEntries()) {
    if (command.menu !== menu) continue
    if (group !== undefined && group !== command.group) items.push({ type: 'separator' })
    group = command.group
    items.push(itemOf(id, command, actions))
  }
  return items
}

function itemOf(id: CommandId, { title, keys }: Command, actions: MenuActions): Item {
  const role = ROLES[id]
  if (role) return { role, label: title }
  // The window listens to the keys itself, in both hosts; registered here too, a key would act twice.
  const shortcut: Item =
    keys === undefined ? {} : { accelerator: keys.replace('Mod', 'CmdOrCtrl'), registerAccelerator: false }
  return { id, label: title, ...shortcut, click: () => actions.command(id) }
}

/** What only the native menu has. */
function extras(
  menu: MenuName,
  actions: MenuActions,
  { platform, packaged, recent }: MenuSurroundings,
): Item[] {
  const separator: Item = { type: 'separator' }
  switch (menu) {
    case 'File':
      return [
        separator,
        openRecent(actions, recent),
        separator,
        closeWindow,
        ...(platform === 'darwin' ? [] : [{ role: 'quit' } as const]),
      ]
    case 'Edit':
      return [separator, { role: 'cut' }]
    case 'View':
      return [
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ]
    default:
      return []
  }
}

/** Ctrl+W closes a tab. */
const closeWindow: Item = { role: 'close', label: 'Close Window', accelerator: 'CmdOrCtrl+Shift+W' }

function openRecent(actions: MenuActions, recent: readonly ListedEntry[]): Item {
  const present = recent.filter(({ missing }) => !missing)
  return {
    label: 'Open Recent',
    enabled: present.length > 0,
    submenu: present.map(({ path }) => ({
      label: path.replaceAll('&', '&&'),
      click: () => actions.openPath(path),
    })),
  }
}

/** A separator neither first nor last. */
function tidy(items: Item[]): Item[] {
  const isSeparator = (item: Item | undefined): boolean => item?.type === 'separator'
  return items.filter(
    (item, i) => !isSeparator(item) || (i > 0 && i < items.length - 1 && !isSeparator(items[i - 1])),
  )
}
