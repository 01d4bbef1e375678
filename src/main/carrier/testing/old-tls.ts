import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { SecureVersion } from 'node:tls'
import { anyStrength } from './boringssl.ts'
import type { Identity } from './certificates.ts'
import { goodBody } from './fault-carrier.ts'
import { LINE } from './lookup-setup.ts'

/** A carrier that speaks one version of TLS and no other. */
export async function createTlsOnlyServer(version: SecureVersion, identity: Identity) {
  let requests = 0
  const server = createServer(
    {
      ...identity,
      minVersion: version,
      maxVersion: version,
      // OpenSSL 3 allows the old versions at its lowest level only.
      ...anyStrength,
    },
    (_, response) => {
      requests++
      response.end(goodBody(LINE))
    },
  )
  const handshakes: ('whole' | 'resumed')[] = []
  server.on('secureConnection', socket => handshakes.push(socket.isSessionReused() ? 'resumed' : 'whole'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    handshakes: () => handshakes,
    /** Closes every connection; the next request needs another. */
    hangUp: () => server.closeAllConnections(),
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
