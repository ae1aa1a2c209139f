/**
 * Every action that has a name. The native menu, the window's own menu, the palette and the shortcuts read this one
 * table, so that an action is called the same everywhere.
 */
export interface Command {
  title: string
  menu: MenuName
  /** The shortcut: modifiers and a key joined by "+"; "Mod" is Cmd on macOS and Ctrl elsewhere. */
  keys?: string
  /** Other shortcuts of the same action, which menus do not show. */
  alsoKeys?: readonly string[]
  /** Items of one menu with the same group stand together between separators. */
  group: number
}

export const MENUS = ['File', 'Edit', 'View', 'Array', 'Tools', 'Help'] as const
export type MenuName = (typeof MENUS)[number]

export const COMMANDS = {
  'file.openFolder': { title: 'Open Folder…', menu: 'File', keys: 'Mod+O', group: 1 },
  'file.openZip': { title: 'Open Zip…', menu: 'File', keys: 'Mod+Shift+O', group: 1 },
  'file.newStore': { title: 'New Store…', menu: 'File', group: 1 },
  'file.sample': { title: 'Explore a Sample', menu: 'File', group: 1 },
  'file.save': { title: 'Save Edits', menu: 'File', keys: 'Mod+S', group: 2 },
  'file.review': { title: 'Review Edits…', menu: 'File', group: 2 },
  'file.discard': { title: 'Discard Edits…', menu: 'File', group: 2 },
  'file.import': { title: 'Import HDF5, .npy or .csv…', menu: 'File', group: 3 },
  'file.export': { title: 'Export…', menu: 'File', group: 3 },
  'file.closeTab': { title: 'Close Tab', menu: 'File', keys: 'Mod+W', alsoKeys: ['Alt+W'], group: 4 },
  'file.closeStore': { title: 'Close Store', menu: 'File', group: 4 },

  'edit.undo': { title: 'Undo', menu: 'Edit', keys: 'Mod+Z', group: 1 },
  'edit.redo': { title: 'Redo', menu: 'Edit', keys: 'Mod+Shift+Z', alsoKeys: ['Mod+Y'], group: 1 },
  'edit.copy': { title: 'Copy', menu: 'Edit', keys: 'Mod+C', group: 2 },
  'edit.paste': { title: 'Paste', menu: 'Edit', keys: 'Mod+V', group: 2 },
  'edit.selectAll': { title: 'Select All', menu: 'Edit', keys: 'Mod+A', group: 2 },
  'edit.fill': { title: 'Fill Selection…', menu: 'Edit', group: 3 },
  'edit.clear': { title: 'Clear to Fill Value', menu: 'Edit', group: 3 },
  'edit.find': { title: 'Find and Replace…', menu: 'Edit', keys: 'Mod+F', group: 3 },
  'edit.copyPath': { title: 'Copy Path', menu: 'Edit', group: 4 },
  'edit.copyPython': { title: 'Copy as Python', menu: 'Edit', group: 4 },
  'edit.copyCommand': { title: 'Copy as Command', menu: 'Edit', group: 4 },

  'view.overview': { title: 'Overview', menu: 'View', keys: 'Mod+1', group: 1 },
  'view.data': { title: 'Data', menu: 'View', keys: 'Mod+2', group: 1 },
  'view.plot': { title: 'Plot', menu: 'View', keys: 'Mod+3', group: 1 },
  'view.chunks': { title: 'Chunks', menu: 'View', keys: 'Mod+4', group: 1 },
  'view.attributes': { title: 'Attributes', menu: 'View', keys: 'Mod+5', group: 1 },
  'view.tune': { title: 'Tune', menu: 'View', keys: 'Mod+6', group: 1 },
  'view.explorer': { title: 'Explorer', menu: 'View', keys: 'Mod+B', group: 2 },
  'view.inspector': { title: 'Inspector', menu: 'View', keys: 'Mod+I', group: 2 },
  'view.themeSystem': { title: 'Theme: System', menu: 'View', group: 3 },
  'view.themeLight': { title: 'Theme: Light', menu: 'View', group: 3 },
  'view.themeDark': { title: 'Theme: Dark', menu: 'View', group: 3 },
  'view.refresh': { title: 'Refresh', menu: 'View', keys: 'F5', group: 4 },

  'array.goToIndex': { title: 'Go to Index…', menu: 'Array', keys: 'Mod+G', group: 1 },
  'array.stepForward': {
    title: 'Step Forward along the First Fixed Dimension',
    menu: 'Array',
    keys: 'Alt+Down',
    group: 2,
  },
  'array.stepBack': {
    title: 'Step Back along the First Fixed Dimension',
    menu: 'Array',
    keys: 'Alt+Up',
    group: 2,
  },

  'array.newArray': { title: 'New Array…', menu: 'Array', group: 3 },
  'array.newGroup': { title: 'New Group…', menu: 'Array', group: 3 },
  'array.rename': { title: 'Rename or Move…', menu: 'Array', group: 4 },
  'array.duplicate': { title: 'Duplicate…', menu: 'Array', group: 4 },
  'array.copyTo': { title: 'Copy or Convert…', menu: 'Array', group: 4 },
  'array.delete': { title: 'Delete…', menu: 'Array', group: 4 },
  'array.resize': { title: 'Resize…', menu: 'Array', group: 5 },
  'array.append': { title: 'Append…', menu: 'Array', group: 5 },
  'array.rewrite': { title: 'Rechunk or Recompress in Place…', menu: 'Array', group: 5 },
  'tools.verify': { title: 'Verify…', menu: 'Tools', group: 2 },
  'tools.consolidate': { title: 'Consolidate Metadata', menu: 'Tools', group: 2 },
  'tools.migrate': { title: 'Migrate to Format 3…', menu: 'Tools', group: 2 },

  'tools.palette': { title: 'Command…', menu: 'Tools', keys: 'Mod+K', alsoKeys: ['Mod+Shift+P'], group: 1 },
  'tools.goToNode': { title: 'Go to Node…', menu: 'Tools', keys: 'Mod+P', group: 1 },

  'help.shortcuts': { title: 'Keyboard Shortcuts', menu: 'Help', keys: 'F1', group: 1 },
  'help.about': { title: 'About Zarrscope', menu: 'Help', group: 2 },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof COMMANDS

/** The table in its own order, for menus and lists. */
export const commandEntries = (): [CommandId, Command][] => Object.entries(COMMANDS) as [CommandId, Command][]
