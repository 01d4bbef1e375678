const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('contractBridge', {
  version: 1,
  nested: { list: [1, 2] },
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  on(channel, listener) {
    const relay = (_event, ...args) => listener(...args)
    ipcRenderer.on(channel, relay)
    return () => ipcRenderer.off(channel, relay)
  },
  twice: callback => [callback(1), callback(2)],
  later: value => Promise.resolve(value),
  laterFails: () => Promise.reject(new Error('later failed')),
  fails() {
    throw new Error('failed at once')
  },
  adder: left => right => left + right,
})

globalThis.onlyInThePreload = true
