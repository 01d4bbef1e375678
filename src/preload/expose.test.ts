import { describe, expect, it } from 'vitest'
import { channelOf, eventNames, methodNames } from '../contract/channels.ts'
import { createBridge } from './expose.ts'

type Relay = (event: unknown, value: unknown) => void

function connect() {
  const invoked: unknown[][] = []
  const relays = new Map<string, Relay>()
  const bridge = createBridge({
    invoke: async (...args: unknown[]) => void invoked.push(args),
    on: ((channel: string, relay: Relay) => relays.set(channel, relay)) as never,
    off: ((channel: string, relay: Relay) =>
      relays.get(channel) === relay && relays.delete(channel)) as never,
  })
  return { bridge, invoked, relays }
}

const subscription = (name: string) => `on${name.charAt(0).toUpperCase()}${name.slice(1)}`

describe('13: the preload', () => {
  it('exposes exactly the contract: functions, each on its own channel', () => {
    const { bridge, invoked } = connect()
    expect(Object.keys(bridge).sort()).toEqual([...methodNames, ...eventNames.map(subscription)].sort())
    for (const name of methodNames) (bridge[name] as (...args: unknown[]) => unknown)('a', 1)
    expect(invoked).toEqual(methodNames.map(name => [channelOf(name), 'a', 1]))
  })

  it.each(eventNames)('gives a listener of %s the value, and never the event', name => {
    const { bridge, relays } = connect()
    const heard: unknown[][] = []
    const listen = bridge[subscription(name)] as (listener: (...args: unknown[]) => void) => () => void
    const stop = listen((...args) => void heard.push(args))
    const relay = relays.get(channelOf(name))
    relay?.({ sender: 'ipcRenderer' }, { value: 1 })
    expect(heard).toEqual([[{ value: 1 }]])
    expect(stop()).toBe(undefined)
    expect(relays.size).toBe(0)
  })
})
