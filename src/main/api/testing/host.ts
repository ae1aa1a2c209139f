import { UsageError } from '@shared/errors'
import type { HostServices } from '../host-services'

/** A host without dialogs: paths are tickets, files of the folder can be read and written, all else is refused. */
export function testHost(folder: string, readOnly = false): HostServices {
  const unused = async (): Promise<never> => {
    throw new UsageError('This is not under test.')
  }
  return {
    info: () => ({
      kind: 'serve',
      version: '1',
      platform: 'linux',
      node: '20',
      workers: 1,
      readOnly,
      open: [],
      dialogs: false,
    }),
    pick: unused,
    list: unused,
    target: unused,
    resolveTicket: async (ticket) => ticket,
    resolveFile: async (ticket, access) => {
      if (access === 'write' && readOnly) throw new UsageError('Nothing can be written.')
      return ticket.startsWith(folder) ? ticket : unused()
    },
    recent: async () => [],
    forgetRecent: unused,
    noteOpened: async () => undefined,
    noteClosed: () => undefined,
    events: unused,
    sampleFolder: async () => folder,
    openExternal: unused,
    reveal: unused,
  }
}
