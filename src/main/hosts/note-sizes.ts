import type { StoreInfo } from '@shared/model/host'
import type { Handlers } from '@shared/rpc/handlers'
import type { RecentStores } from './recent'

/** The same procedures; a finished count of a whole store is noted in the recent list, which shows it next time. */
export function notingSizes(handlers: Handlers, recent: RecentStores): Handlers {
  const paths = new Map<string, string>()
  const remember = (info: StoreInfo): StoreInfo => {
    paths.set(info.id, info.path)
    return info
  }
  return {
    ...handlers,
    'store.open': async (input, context) => remember(await handlers['store.open'](input, context)),
    'store.sample': async (input, context) => remember(await handlers['store.sample'](input, context)),
    'node.storage': async (input, context) => {
      const count = await handlers['node.storage'](input, context)
      const path = paths.get(input.store)
      if (count.done && input.path === '' && path !== undefined)
        void recent.noteSize(path, count.nbytesStored)
      return count
    },
  }
}
