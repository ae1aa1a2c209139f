import type { PickedFile, PickKind } from '@shared/model/host'
import { call, useConnection } from '../rpc/connection'
import { useDialogs } from './dialogs'

export interface PickRequest {
  kind: PickKind
  /** Ends of the names of files that can be chosen or written, without the dot. */
  extensions?: string[]
  /** Proposed for something new. */
  name?: string
}

/**
 * Asks the person for a file or folder, through the host's own dialog or the folder browser where it has none; null
 * when they changed their mind.
 */
export function pick(request: PickRequest): Promise<PickedFile | null> {
  if (useConnection.getState().host?.dialogs) return call('host.pick', request)
  return new Promise((resolve) => {
    useDialogs.getState().browse?.resolve(null)
    useDialogs.setState({ browse: { ...request, resolve } })
  })
}
