import { contextBridge, ipcRenderer } from 'electron'
import { createBridge } from './expose.ts'

contextBridge.exposeInMainWorld('bridge', createBridge(ipcRenderer))
