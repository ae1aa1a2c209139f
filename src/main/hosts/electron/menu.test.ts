import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import type { HostEvent } from '@shared/model/host'
import { COMMANDS, MENUS, type CommandId } from '@shared/rpc/commands'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runApp } from '../testing/electron-app'
import { remove, tree } from '../testing/folder-tree'
import { menuTemplate, type MenuSurroundings } from './menu'

type Item = MenuItemConstructorOptions
const submenu = (items: readonly Item[], label: string): Item[] =>
  (items.find((item) => item.label === label)?.submenu as Item[] | undefined) ?? []
const build = (some: Partial<MenuSurroundings> = {}) => {
  const actions = { command: vi.fn(), openPath: vi.fn() }
  const items = menuTemplate(actions, { platform: 'linux', packaged: true, recent: [], ...some })
  return { items, actions }
}
const click = (item: Item | undefined): void => (item?.click as (() => void) | undefined)?.()

test('every command stands in its menu exactly once and reports itself', () => {
  const { items, actions } = build()
  expect(items.map((item) => item.label)).toEqual(MENUS)
  const all = items.flatMap((menu) => menu.submenu as Item[])
  for (const item of all) click(item)
  const byRole = { copy: 'edit.copy', paste: 'edit.paste', selectAll: 'edit.selectAll' }
  const roles = all.flatMap(({ role }) =>
    role && role in byRole ? [byRole[role as keyof typeof byRole]] : [],
  )
  const reported = actions.command.mock.calls.map(([id]) => id as CommandId)
  expect([...reported, ...roles].sort()).toEqual(Object.keys(COMMANDS).sort())
})

test('shortcuts are shown, and left to the window: registered here too, they would act twice', () => {
  const { items } = build()
  const open = submenu(items, 'File').find(({ id }) => id === 'file.openFolder')
  expect(open).toMatchObject({
    label: 'Open Folder…',
    accelerator: 'CmdOrCtrl+O',
    registerAccelerator: false,
  })
})

test('no shortcut is used twice', () => {
  const keys = Object.values(COMMANDS).flatMap((c) =>
    'keys' in c ? [c.keys, ...('alsoKeys' in c ? c.alsoKeys : [])] : [],
  )
  expect(keys).toHaveLength(new Set(keys).size)
})

test('separators stand between groups only', () => {
  for (const menu of build().items) {
    const kinds = (menu.submenu as Item[]).map(({ type }) => type === 'separator')
    expect([kinds[0], kinds.at(-1)]).toEqual([false, false])
    expect(kinds.some((separator, i) => separator && kinds[i + 1])).toBe(false)
  }
})

test('recent stores that are there can be opened; an ampersand is no mnemonic', () => {
  const entry = (path: string, missing = false) => ({ path, name: path, lastOpened: 1, missing })
  const { items, actions } = build({ recent: [entry('/a&b.zarr'), entry('/gone', true)] })
  const recent = submenu(submenu(items, 'File'), 'Open Recent')
  expect(recent.map(({ label }) => label)).toEqual(['/a&&b.zarr'])
  click(recent[0])
  expect(actions.openPath).toHaveBeenCalledWith('/a&b.zarr')
  const none = submenu(build().items, 'File').find(({ label }) => label === 'Open Recent')
  expect(none?.enabled).toBe(false)
})

test('macOS has its own menus, and the development tools are for development', () => {
  expect(build({ platform: 'darwin' }).items.map((item) => item.role ?? item.label)).toEqual([
    'appMenu',
    'File',
    'Edit',
    'View',
    'Array',
    'Tools',
    'windowMenu',
    'Help',
  ])
  const hasTools = (packaged: boolean): boolean =>
    submenu(build({ packaged }).items, 'View').some(({ role }) => role === 'toggleDevTools')
  expect([hasTools(true), hasTools(false)]).toEqual([false, true])
})

let root: string
beforeEach(async () => {
  root = await tree({ 'a.zarr/zarr.json': '{}', 'b.zarr/zarr.json': '{}' })
})
afterEach(() => remove(root))

test('a command goes to the window in front; opening is done by the host itself', async () => {
  const app = await runApp(root, { argv: ['zarrscope', 'a.zarr'] })
  const client = app.page(app.windows[0])
  const heard: HostEvent[] = []
  client.call('host.events', {}, { onProgress: (event) => heard.push(event) }).catch(() => undefined)
  const item = (menu: string, id: string): Item | undefined =>
    submenu(app.menus.at(-1) ?? [], menu).find((i) => i.id === id)
  click(item('View', 'view.chunks'))
  await vi.waitFor(() => expect(heard).toEqual([{ kind: 'command', command: 'view.chunks' }]))
  app.answers.paths = [join(root, 'b.zarr')]
  click(item('File', 'file.openZip'))
  await vi.waitFor(() => expect(app.windows).toHaveLength(2))
  expect(app.called('showOpenDialog')).toMatchObject([[{ title: 'Open zipped Zarr store' }]])
  client.close()
})

test('the recent menu follows what is opened', async () => {
  const app = await runApp(root, { argv: ['zarrscope', 'a.zarr'] })
  const client = app.page(app.windows[0])
  const { open } = await client.call('host.info', {})
  await client.call('store.open', { ticket: open[0]! })
  const recent = (): Item[] => submenu(submenu(app.menus.at(-1) ?? [], 'File'), 'Open Recent')
  await vi.waitFor(() => expect(recent().map(({ label }) => label)).toEqual([join(root, 'a.zarr')]))
  await client.call('host.recent', {})
  client.close()
})
