// No module imports these declarations, so they are referenced here.
/// <reference path="./undici-parts.d.ts" />

import type { buildConnector as Connectors } from 'undici'
import api from 'undici/lib/api/index.js'
import buildConnector from 'undici/lib/core/connect.js'
import Agent from 'undici/lib/dispatcher/agent.js'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js'
import formdata from 'undici/lib/web/fetch/formdata.js'

/**
 * The parts of undici that a lookup needs. Its index brings fetch, WebSocket, mocks, caches and interceptors along, a
 * third of the program's bytes that no bundler can take out of CommonJS modules.
 */

// As undici's own index does: `request` and `connect` are no part of the class itself.
Object.assign(Dispatcher.prototype, api)

export type Connector = Connectors.connector

/** Requests take undici's own alone, not the one that Node brings. */
export const { FormData } = formdata

export { Agent, buildConnector, Pool, ProxyAgent }
