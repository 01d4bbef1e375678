// pg's own types do not cover the one module that is imported: its index brings a pool and a native binding along.
declare module 'pg/lib/client.js' {
  export { Client as default } from 'pg'
}
