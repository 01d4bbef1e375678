import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWire, decode, encode } from './wire.ts'

const carried = (value: unknown) => decode(encode(value))
const refusal = 'An object could not be cloned.'

test('what arrives is what structuredClone would have given', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: true,
  })
  fc.assert(fc.property(anything, value => isDeepStrictEqual(carried(value), structuredClone(value))))
})

test('the source text of the codec works where nothing of this file is in scope, as in a page', () => {
  const remade = new Function(`return (${createWire})()`)()
  const value = { when: new Date(0), lines: new Set(['090']), bytes: new Uint8Array([1]) }
  expect(remade.decode(encode(value))).toEqual(value)
  expect(decode(remade.encode(value))).toEqual(value)
})

describe('every type that structured clone carries arrives', () => {
  const view = (bytes: number[]) => new Uint8Array(bytes).buffer
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a boolean', true],
    ['a string with a lone surrogate', 'a\ud800b'],
    ['minus zero', -0],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['a bigint', -(2n ** 70n)],
    ['a boxed boolean', Object(false)],
    ['a boxed number', Object(-0)],
    ['a boxed string', Object('text')],
    ['a boxed bigint', Object(1n)],
    ['a date', new Date(86_400_000)],
    ['an invalid date', new Date(Number.NaN)],
    ['a regular expression', /a+\/b/giu],
    ['an array buffer', view([0, 1, 255])],
    ['a map', new Map<unknown, unknown>([[{ key: 1 }, new Map()]])],
    ['a set', new Set([undefined, 1, 'a'])],
    ['an array', [1, [2, [3]]]],
    ['an object', { a: { b: undefined } }],
    ['a data view', new DataView(view([1, 2, 3]), 1, 1)],
  ])('%s', (_name, value) => {
    expect(isDeepStrictEqual(carried(value), value)).toBe(true)
  })

  const arrays = [
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
    ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array],
  ]
  test.each(arrays.map(type => [type.name, type] as const))('%s', (_name, Type) => {
    const value = new Type(2)
    expect(isDeepStrictEqual(carried(value), value)).toBe(true)
  })
})

test('a typed array keeps its place in a buffer that it shares', () => {
  const buffer = new Uint8Array([1, 2, 3, 4]).buffer
  const [left, right] = carried([new Uint8Array(buffer, 0, 2), new Uint16Array(buffer, 2, 1)]) as [
    Uint8Array,
    Uint16Array,
  ]
  expect(left.buffer).toBe(right.buffer)
  expect([[...left], right.byteOffset]).toEqual([[1, 2], 2])
})

test('a Buffer arrives as a Uint8Array of the same bytes', () => {
  const arrived = carried(Buffer.from('こんにちは'))
  expect(arrived).toBeInstanceOf(Uint8Array)
  expect(Buffer.from(arrived as Uint8Array).toString()).toBe('こんにちは')
})

test('a large buffer arrives whole', () => {
  const bytes = new Uint8Array(300_000).map((_, at) => at % 251)
  expect(isDeepStrictEqual(carried(bytes), bytes)).toBe(true)
})

test.each([Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError])(
  'a %o keeps its kind, message, stack and cause',
  Kind => {
    const error = new Kind('too far', { cause: { line: '090' } })
    const arrived = carried(error) as Error
    expect(arrived).toBeInstanceOf(Kind)
    expect([arrived.name, arrived.message, arrived.stack, arrived.cause]).toEqual([
      ...[error.name, 'too far', error.stack],
      { line: '090' },
    ])
  },
)

test('an error of a class of its own arrives as an Error', () => {
  class LookupFailed extends Error {
    override readonly name = 'LookupFailed'
  }
  expect((carried(new LookupFailed('no line')) as Error).message).toBe('no line')
})

test('an object that refers to itself arrives as such', () => {
  const line: Record<string, unknown> = { name: 'line' }
  line['self'] = line
  line['list'] = [line, new Map([[line, new Set([line])]])]
  const arrived = carried(line) as typeof line
  expect(arrived['self']).toBe(arrived)
  const [first, map] = arrived['list'] as [unknown, Map<unknown, Set<unknown>>]
  expect(first).toBe(arrived)
  expect(map.get(arrived)?.has(arrived)).toBe(true)
})

test('an object that is referred to twice arrives once', () => {
  const shared = {}
  const [left, right] = carried([shared, shared]) as unknown[]
  expect(left).toBe(right)
})

test('holes stay holes, and a long sparse array costs no more than what it holds', () => {
  const sparse: unknown[] = []
  sparse[4_000_000] = 'last'
  const text = encode(sparse)
  expect(text.length).toBeLessThan(200)
  const arrived = decode(text) as unknown[]
  expect([arrived.length, 0 in arrived, arrived[4_000_000]]).toEqual([4_000_001, false, 'last'])
})

test('a key named __proto__ is a key like any other', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": true}}')
  const arrived = carried(hostile) as Record<string, unknown>
  expect(Object.keys(arrived)).toEqual(['__proto__'])
  expect(arrived['polluted']).toBeUndefined()
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('an instance arrives as a plain object of its own properties', () => {
  class Line {
    readonly number = '090'
    dial() {}
  }
  expect(Object.getPrototypeOf(carried(new Line()))).toBe(Object.prototype)
  expect(carried(new Line())).toEqual({ number: '090' })
})

describe('what Electron refuses is refused in its words', () => {
  test.each<[string, unknown]>([
    ['a function', () => {}],
    ['a function deep inside', { list: [new Map([[1, () => {}]])] }],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
    ['a proxy', new Proxy({}, {})],
    ['memory shared with this process only', new SharedArrayBuffer(1)],
    ['a blob', new Blob(['x'])],
  ])('%s', (_name, value) => {
    expect(() => encode(value)).toThrow(refusal)
  })
})
