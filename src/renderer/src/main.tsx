import { connect } from '@shared/rpc/client'
import { start } from './app/start'
import { openPort } from './rpc/open-port'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element "root"')
start(root, async () => connect(await openPort()))
