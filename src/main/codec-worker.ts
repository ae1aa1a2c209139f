import { parentPort } from 'node:worker_threads'
import { serveJobs } from '@engine/pool/worker-thread'

if (!parentPort) throw new Error('This file runs as a worker thread only.')
serveJobs(parentPort)
