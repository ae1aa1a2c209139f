import type { KeyboardEvent } from 'react'
import type { Leaving } from './cell-editor'
import { move, type Position } from './movement'
import { activeOf, isSingle, type Range, stepInside } from './ranges'
import { type TableModel, typeOf } from './table-model'

interface Options {
  model: TableModel
  range: Range
  setRange: (range: Range, how: 'change') => void
  select: (position: Position) => void
  focus: () => void
  /** Starts the editor, with text where some was typed. */
  begin: (typed: string | null) => void
  /** Ends the wait for a cell whose editor was asked for. */
  giveUp: () => void
  /** The opposite of a truth value. */
  toggle: () => void
  clear: () => void
  menu: () => void
}

/** Keys of the table that do not move: what starts and ends editing. */
export function useTypingKeys(options: Options) {
  const { model, range, begin } = options
  return {
    onKey: (event: KeyboardEvent): void => {
      const { key } = event
      const isBool = typeOf(model, activeOf(range).column).spec.kind === 'bool'
      const isCommand = event.ctrlKey || event.metaKey || event.altKey
      if (key === 'F2') begin(null)
      else if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) options.menu()
      else if (key === 'Escape') return options.giveUp()
      else if (isCommand) return
      else if (key === 'Delete') options.clear()
      else if (key === 'Backspace') begin('')
      else if (key === ' ' && isBool) options.toggle()
      else if (isComposed(event)) return begin('')
      else if (isTyped(event)) begin(key)
      else return
      event.preventDefault()
    },
    /** Where the focus goes when an editor has taken its value: inside of a range of several cells it stays there. */
    leave: (leaving: Leaving): void => {
      if (leaving === 'stay') return
      options.focus()
      if (leaving === 'all') return
      const by = leaving === 'down' || leaving === 'right' ? 1 : -1
      const isVertical = leaving === 'down' || leaving === 'up'
      if (!isSingle(range)) {
        const active = stepInside(range, isVertical ? 'columns' : 'rows', by)
        return options.setRange({ ...range, active }, 'change')
      }
      const key = isVertical ? (by > 0 ? 'ArrowDown' : 'ArrowUp') : by > 0 ? 'ArrowRight' : 'ArrowLeft'
      const to = move({ key, ctrl: false }, activeOf(range), { ...model, page: 1 })
      if (to) options.select(to)
    },
  }
}

/** A key of an input method, or one that waits for the next: what comes of it goes to the editor. */
const isComposed = ({ key, nativeEvent }: KeyboardEvent): boolean =>
  key === 'Process' || key === 'Dead' || nativeEvent.isComposing

/** One character that was typed: not a named key. */
const isTyped = ({ key }: KeyboardEvent): boolean => Array.from(key).length === 1
