import type { NodeSummary } from '@shared/model/node'
import { afterEach, expect, test } from 'vitest'
import { onCommand } from '../app/commands'
import { searchText } from '../state/node-index'
import { paletteCommands, paletteNodes } from './entries'

const off: (() => void)[] = []
afterEach(() => off.splice(0).forEach((stop) => stop()))

test('only commands that somebody can run are offered, best match first', () => {
  off.push(onCommand('view.explorer', () => undefined))
  off.push(onCommand('view.refresh', () => undefined))
  off.push(
    onCommand(
      'file.openZip',
      () => undefined,
      () => false,
    ),
  )
  expect(paletteCommands('')).toEqual(['view.explorer', 'view.refresh'])
  expect(paletteCommands('re')).toEqual(['view.refresh', 'view.explorer'])
  expect(paletteCommands('zip')).toEqual([])
})

test('the part on screen that came last answers a command', () => {
  const ran: string[] = []
  off.push(onCommand('edit.copy', () => ran.push('first')))
  const stop = onCommand(
    'edit.copy',
    () => ran.push('second'),
    () => false,
  )
  expect(paletteCommands('copy')).toEqual([])
  stop()
  expect(paletteCommands('copy')).toEqual(['edit.copy'])
})

test('nodes whose name begins with the word come before those that contain it', () => {
  const node = (path: string, attributeKeys: string[] = []) => {
    const summary: NodeSummary = {
      path,
      name: path.split('/').at(-1) ?? '',
      kind: 'array',
      zarrFormat: 3,
      attributeKeys,
    }
    return { store: 's', summary, text: searchText(summary) }
  }
  const list = [node('a/x', ['time']), node('a/uptime'), node('b/time'), node('b/other')]
  expect(paletteNodes([list], 'time', 10).map((n) => n.summary.path)).toEqual(['b/time', 'a/uptime', 'a/x'])
  expect(paletteNodes([list], 'time', 1).map((n) => n.summary.path)).toEqual(['b/time'])
})
