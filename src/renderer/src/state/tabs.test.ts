import { beforeEach, expect, test } from 'vitest'
import { closeTab, closeTabsOf, keepTab, moveTabs, openTab, showView, useTabs } from './tabs'

beforeEach(() => useTabs.setState({ tabs: [], active: null, lastView: 'Overview' }))

/** "s:a! s:b*": tabs in order, ! previewed, * in front. */
const shown = (): string => {
  const { tabs, active } = useTabs.getState()
  return tabs.map((t) => t.id + (t.preview ? '!' : '') + (t.id === active ? '*' : '')).join(' ')
}

test('a preview takes the place of the last preview, never of a kept tab', () => {
  openTab('s', 'a')
  openTab('s', 'b')
  expect(shown()).toBe('s:b!*')
  keepTab('s:b')
  openTab('s', 'c')
  expect(shown()).toBe('s:b s:c!*')
  openTab('s', 'd', { keep: true })
  expect(shown()).toBe('s:b s:c! s:d*')
})

test('an open node is brought to the front, not opened twice', () => {
  openTab('s', 'a', { keep: true })
  openTab('s', 'b', { keep: true })
  openTab('s', 'a')
  expect(shown()).toBe('s:a* s:b')
})

test('new tabs begin with the view chosen last, old ones keep theirs', () => {
  openTab('s', 'a', { keep: true })
  showView('s:a', 'Chunks')
  openTab('s', 'b', { keep: true })
  showView('s:b', 'Attributes')
  expect(useTabs.getState().tabs.map((t) => t.view)).toEqual(['Chunks', 'Attributes'])
  openTab('s', 'a', { view: 'Data' })
  expect(useTabs.getState().tabs.map((t) => t.view)).toEqual(['Data', 'Attributes'])
})

test('closing shows the right neighbour, at the end the left one', () => {
  for (const path of ['a', 'b', 'c']) openTab('s', path, { keep: true })
  openTab('s', 'b')
  closeTab('s:b')
  expect(shown()).toBe('s:a s:c*')
  closeTab('s:c')
  expect(shown()).toBe('s:a*')
  closeTab('s:a')
  expect(shown()).toBe('')
})

test('tabs follow a store to its new id and go with it', () => {
  openTab('old', 'a', { keep: true })
  openTab('other', 'x', { keep: true })
  openTab('old', 'a')
  moveTabs('old', 'new')
  expect(shown()).toBe('new:a* other:x')
  closeTabsOf('new')
  expect(shown()).toBe('other:x*')
})
