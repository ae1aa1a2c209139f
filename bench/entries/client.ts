export { webSocketPort } from '../../src/main/hosts/ports/web-socket'
export { connect } from '@shared/rpc/client'
export { WebSocket } from 'ws'
