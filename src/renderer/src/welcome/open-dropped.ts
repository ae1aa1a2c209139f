import { notifications } from '@mantine/notifications'
import { useConnection } from '../rpc/connection'

/** In Electron the preload tells the host where the dropped things lie; a browser never tells, so the window says so. */
export function noteDropped(): void {
  if (useConnection.getState().host?.kind === 'electron') return
  notifications.show({
    title: 'A browser does not say where a dropped folder lies',
    message: 'Use Open folder… instead, which lists the folders on the computer that serves this page.',
    color: 'yellow',
  })
}
