import tls from 'node:tls'
import { parentPort } from 'node:worker_threads'

/** The thread that reads the system's certificate authorities: Node's call takes as long as the keychain does. */

if (parentPort === null) throw new Error('this is a worker’s module')
parentPort.postMessage(tls.getCACertificates('system'))
