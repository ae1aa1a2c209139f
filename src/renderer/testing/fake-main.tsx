import { connect } from '@shared/rpc/client'
import { start } from '../src/app/start'
import { fakePort } from './fake-host'

// ?many=60000&slow=500&open=1&dialogs=1, and ?lost to try the banner: connections end after that many milliseconds.
const query = new URLSearchParams(location.search)
const root = document.getElementById('root')
if (root) {
  start(root, async () => {
    const port = fakePort({
      many: Number(query.get('many') ?? 0),
      slow: Number(query.get('slow') ?? 0),
      open: query.has('open'),
      dialogs: query.has('dialogs'),
    })
    const lost = Number(query.get('lost') ?? 0)
    if (lost > 0) setTimeout(() => port.close(), lost)
    return connect(port)
  })
}
