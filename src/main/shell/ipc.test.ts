import type { IpcMainInvokeEvent } from 'electron'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { argumentSchemas } from '../../contract/argument-schemas.ts'
import type { Method } from '../../contract/bridge.ts'
import { channelOf, methodNames } from '../../contract/channels.ts'
import { failureCodes, type Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { serve, tell } from './ipc.ts'
import { type Handlers, invokers } from './ipc-guard.ts'
import { isWithin } from './size.ts'

const handled = vi.hoisted(() => new Map<string, (...args: unknown[]) => Promise<unknown>>())

vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, listener: (...args: unknown[]) => Promise<unknown>) =>
      handled.set(channel, listener),
  },
}))

const INPUTS = 10_000
const event = {} as IpcMainInvokeEvent
const schemas: Readonly<Record<Method, z.ZodType<unknown[]>>> = argumentSchemas()
const refused = fail({ code: 'IPC_REFUSED' })

/** What the handlers were given, and what was reported. */
const reached: { readonly method: Method; readonly args: readonly unknown[] }[] = []
const reported: unknown[] = []

const handlersThat = (act: (method: Method) => unknown): Handlers =>
  Object.fromEntries(
    methodNames.map(method => [
      method,
      (...args: unknown[]) => {
        reached.push({ method, args })
        return act(method)
      },
    ]),
  ) as unknown as Handlers

const deps = { isTrusted: () => true, report: (error: unknown) => reported.push(error) }

beforeEach(() => {
  reached.length = 0
  reported.length = 0
  handled.clear()
})

/** Values that a JSON schema describes, or nearly: what the zod schema thinks of them is asked afterwards. */
type Described = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Described[]
  readonly oneOf?: readonly Described[]
  readonly allOf?: readonly Described[]
  readonly format?: string
  readonly properties?: Readonly<Record<string, Described>>
  readonly propertyNames?: Described
  readonly additionalProperties?: Described | boolean
  readonly prefixItems?: readonly Described[]
  readonly items?: Described
  readonly minimum?: number
  readonly maximum?: number
}

const texts = fc.oneof(
  fc.constantFrom(
    '09012345678',
    'AAA0_00000000001',
    '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    'https://carrier.example.jp',
    'http://127.0.0.1:8080',
    '/etc/ssl/ca.pem',
    'a',
  ),
  fc.string({ minLength: 1, maxLength: 8 }),
)

function described(schema: Described): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices) return fc.oneof(...choices.map(described))
  if (schema.properties) {
    return fc.record(
      Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, described(value)])),
    )
  }
  if (schema.propertyNames) {
    const keys = described(schema.propertyNames).filter(key => typeof key === 'string')
    const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}
    return fc.dictionary(keys, described(values), { maxKeys: 2 })
  }
  if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(described))
  if (schema.type === 'array') return fc.array(described(schema.items ?? {}), { maxLength: 3 })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.format === 'uuid') return fc.oneof({ weight: 9, arbitrary: fc.uuid() }, texts)
  if (schema.type === 'string') return texts
  if (schema.type === 'integer' || schema.type === 'number') {
    const min = Math.max(schema.minimum ?? 1, -1_000)
    return fc.integer({ min, max: Math.min(schema.maximum ?? 1_000, 1_000) })
  }
  return fc.anything({ maxDepth: 1 })
}

const nearlyValid = (method: Method): fc.Arbitrary<unknown[]> =>
  described(z.toJSONSchema(schemas[method], { unrepresentable: 'any', io: 'input' }) as Described).map(
    args => (Array.isArray(args) ? args : []),
  )

const oddities = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    Number.NaN,
    -0,
    -1,
    1.5,
    2 ** 53,
    '',
    ' ',
    '\0',
    '../../etc/passwd',
    '__proto__',
    [],
    {},
    new Date(0),
    new Map([['account', '09012345678']]),
    new Uint8Array(8),
    Object('09012345678'),
    JSON.parse('{"__proto__":{"account":"09012345678","again":true}}'),
    JSON.parse('{"constructor":{"prototype":{}}}'),
    'x'.repeat(300_000),
    '9'.repeat(65),
    'https://carrier.example.jp/path?query',
    'https://user:password@carrier.example.jp',
    'javascript:alert(1)',
  ),
  fc.anything({ maxDepth: 1, withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
)

/** Arguments with one thing wrong, or none: a value, a key, the prototype, the count. */
const mutated = (valid: fc.Arbitrary<unknown[]>): fc.Arbitrary<unknown[]> =>
  fc
    .record({
      args: valid,
      how: fc.constantFrom('keep', 'value', 'key', 'proto', 'missing', 'more', 'fewer', 'whole', 'inherit'),
      where: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
      odd: oddities,
    })
    .map(({ args, how, where, odd }) => {
      if (how === 'more') return [...args, odd]
      if (how === 'fewer') return args.slice(1)
      if (how === 'whole') return args.map(() => odd)
      if (how === 'keep') return args
      const copy = structuredClone(args) as unknown[]
      let node = copy as unknown as Record<string, unknown>
      let key = ''
      for (const [depth, at] of where.entries()) {
        const keys = Object.keys(node)
        key = keys[at % Math.max(keys.length, 1)] ?? '0'
        const inner = node[key]
        if (depth === where.length - 1 || typeof inner !== 'object' || inner === null) break
        node = inner as Record<string, unknown>
      }
      if (how === 'value') node[key] = odd
      if (how === 'missing' && !Array.isArray(node)) delete node[key]
      if (how === 'key') node['more'] = odd
      if (how === 'proto') {
        Object.defineProperty(node, '__proto__', { value: odd, enumerable: true, configurable: true })
      }
      if (how === 'inherit') return copy.map(arg => (typeof arg === 'object' ? Object.create(arg) : arg))
      return copy
    })

function objectsIn(node: unknown): Record<string, unknown>[] {
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.values(node).flatMap(objectsIn)
  return Array.isArray(node) ? inner : [node as Record<string, unknown>, ...inner]
}

const wild = fc.array(
  fc.anything({
    maxDepth: 2,
    maxKeys: 3,
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  { maxLength: 3 },
)

describe.each(methodNames)('11: %s', method => {
  const valid = nearlyValid(method)
  const accepts = (args: readonly unknown[]) => schemas[method].safeParse(args).success

  it('gives its handler what fits, once, and hands on its answer', async () => {
    const answer = ok(method)
    const invoke = invokers(
      handlersThat(() => answer),
      deps,
    ).get(method)
    const fitting = fc.sample(valid, 300).filter(accepts)
    expect(fitting.length).toBeGreaterThan(0)
    for (const args of fitting) {
      expect(await invoke?.(event, ...args)).toBe(answer)
      expect(reached.splice(0)).toEqual([{ method, args: schemas[method].parse(args) }])
    }
  })

  it(`refuses everything else of ${INPUTS.toLocaleString('en-US')} inputs, and throws and reports nothing`, async () => {
    const invoke = invokers(
      handlersThat(() => ok(null)),
      deps,
    ).get(method)
    if (invoke === undefined) throw new Error('not served')
    const inputs = fc.oneof({ weight: 3, arbitrary: mutated(valid) }, { weight: 1, arbitrary: wild })
    await fc.assert(
      fc.asyncProperty(inputs, async args => {
        const outcome: Outcome<unknown> = await invoke(event, ...args)
        const [call, ...more] = reached.splice(0)
        const fits = accepts(args)
        const right = fits ? outcome.ok && call !== undefined && more.length === 0 : call === undefined
        if (!right || (!fits && JSON.stringify(outcome) !== JSON.stringify(refused)) || reported.length > 0) {
          expect({ args, outcome, call, reported }).toBe('refused')
        }
      }),
      { numRuns: INPUTS },
    )
  })

  it('refuses a key that the contract does not know, at any depth', async () => {
    const invoke = invokers(
      handlersThat(() => ok(null)),
      deps,
    ).get(method)
    for (const args of fc.sample(valid, 300).filter(accepts)) {
      for (const node of objectsIn(args)) {
        node['more'] = 1
        expect(await invoke?.(event, ...args)).toEqual(refused)
        delete node['more']
      }
    }
    expect(reached).toEqual([])
  })

  it('refuses the wrong number of arguments', async () => {
    const invoke = invokers(
      handlersThat(() => ok(null)),
      deps,
    ).get(method)
    const args = fc.sample(valid, 300).find(accepts) ?? []
    expect(await invoke?.(event, ...args, undefined)).toEqual(refused)
    expect(await invoke?.(event, ...args, ...args, null)).toEqual(refused)
    if (args.length > 0) expect(await invoke?.(event)).toEqual(refused)
    expect(reached).toEqual([])
  })

  it('refuses a sender that is not trusted, whatever it sends', async () => {
    const invoke = invokers(
      handlersThat(() => ok(null)),
      { ...deps, isTrusted: () => false },
    ).get(method)
    for (const args of fc.sample(valid, 100)) expect(await invoke?.(event, ...args)).toEqual(refused)
    expect(reached).toEqual([])
    expect(reported).toEqual([])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('secret /home/sato')
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret /home/sato'))],
    ['throws no error', () => Promise.reject('secret /home/sato')],
  ])('answers INTERNAL and nothing more when its handler %s', async (_, act) => {
    const invoke = invokers(handlersThat(act), deps).get(method)
    const args = fc.sample(valid, 300).find(accepts) ?? []
    expect(await invoke?.(event, ...args)).toStrictEqual({ ok: false, failure: { code: 'INTERNAL' } })
    expect(reported).toHaveLength(1)
  })
})

describe('11: the contract', () => {
  /** What of a schema is not bounded, by its path: the schemas' own word, apart from what they accept. */
  function unbounded(schema: Described & Bounds, path: string): readonly string[] {
    const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
    const inner = [
      ...(choices ?? []).map((choice, at) => [choice, `${path}|${at}`] as const),
      ...(schema.prefixItems ?? []).map((item, at) => [item, `${path}[${at}]`] as const),
      ...Object.entries(schema.properties ?? {}).map(([key, value]) => [value, `${path}.${key}`] as const),
      ...(schema.items ? [[schema.items, `${path}[]`] as const] : []),
      ...(schema.propertyNames ? [[schema.propertyNames, `${path}{}`] as const] : []),
      ...(typeof schema.additionalProperties === 'object'
        ? [[schema.additionalProperties, `${path}{}`] as const]
        : []),
    ]
    const isClosed =
      schema.enum !== undefined ||
      'const' in schema ||
      choices !== undefined ||
      (schema.type === 'string' && (schema.maxLength !== undefined || schema.format === 'uuid')) ||
      (schema.type === 'array' && (schema.maxItems !== undefined || schema.prefixItems !== undefined)) ||
      (schema.type === 'object' &&
        (schema.propertyNames !== undefined || schema.additionalProperties === false)) ||
      ['integer', 'number', 'boolean', 'null'].includes(schema.type ?? '')
    return [...(isClosed ? [] : [path]), ...inner.flatMap(([part, at]) => unbounded(part, at))]
  }

  interface Bounds {
    readonly maxLength?: number
    readonly maxItems?: number
  }

  it.each(methodNames)(
    'takes nothing of %s that has no end: every text, list and object is bounded',
    method => {
      const schema = z.toJSONSchema(schemas[method], { unrepresentable: 'any', io: 'input' })
      expect(unbounded(schema as Described & Bounds, method)).toEqual([])
    },
  )
})

describe('9: serving the contract', () => {
  it('puts each method on its own channel and nothing else', () => {
    serve(
      handlersThat(() => ok(null)),
      deps,
    )
    expect([...handled.keys()].sort()).toEqual(methodNames.map(channelOf).sort())
  })

  it('serves the guarded form', async () => {
    serve(
      handlersThat(() => ok(null)),
      { ...deps, isTrusted: () => false },
    )
    for (const invoke of handled.values()) expect(await invoke(event)).toEqual(refused)
    expect(reached).toEqual([])
  })

  it('asks who sends before it reads what is sent', async () => {
    const args = [
      {
        get account(): string {
          throw new Error('read')
        },
      },
    ]
    const invoke = invokers(
      handlersThat(() => ok(null)),
      { ...deps, isTrusted: () => false },
    ).get('lookUp')
    expect(await invoke?.(event, ...args)).toEqual(refused)
    expect(reported).toEqual([])
  })

  it('refuses when the sender can not be told', async () => {
    const isTrusted = () => {
      throw new Error('Render frame was disposed')
    }
    const invoke = invokers(
      handlersThat(() => ok(null)),
      { ...deps, isTrusted },
    ).get('appState')
    expect(await invoke?.(event)).toMatchObject({ ok: false })
    expect(reached).toEqual([])
  })

  it('keeps an error to itself even where it can not be reported', async () => {
    const act = () => {
      throw new Error('secret')
    }
    const report = () => {
      throw new Error('the log is full')
    }
    const invoke = invokers(handlersThat(act), { ...deps, report }).get('appState')
    expect(await invoke?.(event)).toStrictEqual({ ok: false, failure: { code: 'INTERNAL' } })
  })
})

describe('11: a call of any size', () => {
  const invoke = (args: unknown[]) =>
    invokers(
      handlersThat(() => ok(null)),
      deps,
    ).get('copy')?.(event, ...args)

  it('is refused above 24 million characters, however they are spread', async () => {
    const huge = 'x'.repeat(24_000_001)
    expect(await invoke([{ text: huge, html: null, png: null }])).toEqual(refused)
    expect(await invoke([{ text: 'a', html: 'b', png: null, [huge]: 1 }])).toEqual(refused)
    expect(reached).toEqual([])
    expect(isWithin([huge], 24_000_000)).toBe(false)
  })

  it('is measured before any of it is looked at', async () => {
    const read: string[] = []
    const watched = Object.defineProperty({ text: '', html: null, png: null }, 'text', {
      enumerable: true,
      get: () => {
        read.push('text')
        return ''
      },
    })
    const copy = invokers(
      handlersThat(() => ok(null)),
      deps,
    ).get('copy')
    expect(await copy?.(event, [watched, 'x'.repeat(24_000_001)])).toEqual(refused)
    expect(read).toEqual([])
    expect(await copy?.(event, [watched, 'x'])).toEqual(refused)
    expect(read).not.toEqual([])
  })

  it.each([
    ['a text', 'x'.repeat(101)],
    ['a key', { ['x'.repeat(101)]: 1 }],
    ['entries', Array.from({ length: 101 }, () => 0)],
    ['a sparse array', new Array(1e9)],
    ['bytes', new Uint8Array(101)],
    ['a buffer', new ArrayBuffer(101)],
    ['a map', new Map(Array.from({ length: 101 }, (_, at) => [at, at]))],
    ['nesting', JSON.parse('['.repeat(101) + ']'.repeat(101))],
  ])('counts %s', (_, value) => {
    expect(isWithin(value, 100)).toBe(false)
    expect(isWithin(value, 2e9)).toBe(true)
  })

  it('ends counting what goes round in a circle', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(isWithin(circle, 1_000)).toBe(false)
  })
})

describe('12: an answer', () => {
  const secrets = {
    message: 'connect ECONNREFUSED /home/sato',
    stack: 'Error: x\n    at /home/sato/index.js:1:1',
    cause: new Error('09012345678'),
    path: '/home/sato/traffic-desk.sqlite',
    authKey: 'KEY-1',
  }
  const carrier = { resultCode: '211', statusCode: '200', message: 'NG' }
  const answered = async (failure: object) =>
    invokers(
      handlersThat(() => fail(failure)),
      deps,
    ).get('appState')?.(event)

  /** Every key and every text anywhere in a value. */
  const partsOf = (value: unknown): readonly string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...partsOf(inner)])
      : [String(value)]

  it.each(failureCodes)('with %s carries its code, and no stack, path or cause', async code => {
    const answer = await answered({ code, ...secrets, carrier: { ...carrier, ...secrets, message: 'NG' } })
    expect(answer).toEqual({ ok: false, failure: { code, carrier } })
    for (const part of partsOf(answer))
      expect(part).not.toMatch(/sato|stack|cause|path|authKey|KEY-1|0901234/)
  })

  it('keeps what the contract has for a failure', async () => {
    for (const failure of [
      { code: 'TLS', reason: 'not-yet-valid' },
      { code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null },
      { code: 'SERVER', httpStatus: 503 },
      { code: 'RATE_LIMITED', opensInMs: 60_000 },
      { code: 'POLICY_INVALID', keys: ['Profiles', '?'] },
      { code: 'TEAM_UNREACHED', why: 'name' },
      { code: 'PROXY_LOGIN', proxy: 'http://proxy.example.jp:8080', wrong: true },
      { code: 'PROXY_SCHEME', schemes: ['Negotiate', 'NTLM'] },
      { code: 'UNKNOWN_RESULT', carrier: { resultCode: '999', statusCode: null, message: null } },
    ]) {
      expect(await answered(failure)).toEqual({ ok: false, failure })
    }
  })

  it('with something that is no failure of the contract is INTERNAL', async () => {
    for (const odd of [
      { code: 'ENOENT', ...secrets },
      new Error('secret'),
      null,
      'secret',
      { reason: '/home/sato' },
    ]) {
      expect(await answered(odd as object)).toEqual({ ok: false, failure: { code: 'INTERNAL' } })
    }
  })
})

describe('telling the page', () => {
  const page = (isDestroyed: boolean) => {
    const sent: unknown[][] = []
    return { sent, isDestroyed: () => isDestroyed, send: (...args: unknown[]) => sent.push(args) }
  }

  it('sends an event on its channel', () => {
    const open = page(false)
    tell(open as never, 'command', 'copy-ticket')
    expect(open.sent).toEqual([[channelOf('command'), 'copy-ticket']])
  })

  it('does nothing once the page is gone', () => {
    const gone = page(true)
    tell(gone as never, 'command', 'copy-ticket')
    expect(gone.sent).toEqual([])
  })
})
