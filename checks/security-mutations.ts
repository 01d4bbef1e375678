// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code
/** One protection turned off, and the tests that should notice. */
export interface Mutation {
  /** Begins with the rule's number in docs/security.md. */
  readonly name: string
  readonly file: string
  /** Each `find` text occurs exactly once in the file. */
  readonly edits: readonly (readonly [find: string, replace: string])[]
  /** What notices: unit tests by file, or an end-to-end spec by a part of its name. */
  readonly by: { readonly unit: readonly string[] } | { readonly spec: string; readonly grep: string }
}

const shell = (name: string) => `src/main/shell/${name}.ts`
const unit = (...files: readonly string[]) => ({ unit: files.map(file => `src/${file}.test.ts`) })
const hardening = unit('main/shell/hardening')
const ipc = unit('main/shell/ipc')
const request = unit('main/carrier/client.request')
const replies = unit('main/carrier/client.reply')
const sources = { unit: ['checks/sources.test.ts'] }

export const mutations: readonly Mutation[] = [
  {
    name: '1 sandbox flag',
    file: shell('hardening'),
    edits: [['  sandbox: true', '  sandbox: false']],
    by: hardening,
  },
  {
    name: '1 sandbox for every page',
    file: shell('hardening'),
    edits: [['  app.enableSandbox()\n', '']],
    by: hardening,
  },
  {
    name: '1 context isolation',
    file: shell('hardening'),
    edits: [['contextIsolation: true', 'contextIsolation: false']],
    by: hardening,
  },
  {
    name: '1 no Node in the page',
    file: shell('hardening'),
    edits: [['nodeIntegration: false', 'nodeIntegration: true']],
    by: hardening,
  },
  {
    name: '2 page from the bundle',
    file: shell('window'),
    edits: [['window.loadURL(url)', 'window.loadFile(url)']],
    by: sources,
  },
  {
    name: '3 plain file names',
    file: shell('app-scheme'),
    edits: [['/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment)', 'segment.length > 0']],
    by: unit('main/shell/app-scheme'),
  },
  {
    name: '3 links out of the bundle',
    file: shell('app-scheme'),
    edits: [['real.startsWith(realRoot + sep) ? real : null', 'real']],
    by: unit('main/shell/app-scheme'),
  },
  {
    name: '3 GET alone',
    file: shell('app-scheme'),
    edits: [["request.method === 'GET' ? ", 'request.method ? ']],
    by: unit('main/shell/app-scheme'),
  },
  {
    name: '4 CSP: no inline script',
    file: shell('app-scheme'),
    edits: [['"script-src \'self\'"', "\"script-src 'self' 'unsafe-inline'\""]],
    by: unit('main/shell/app-scheme'),
  },
  {
    name: '4 CSP: no connection',
    file: shell('app-scheme'),
    edits: [['"connect-src \'none\'"', '"connect-src *"']],
    by: { spec: 'content.spec', grep: '4: the page can load nothing' },
  },
  {
    name: '4 CSP: trusted types',
    file: shell('app-scheme'),
    edits: [['  "require-trusted-types-for \'script\'",\n', '']],
    by: { spec: 'content.spec', grep: '4: the page can load nothing' },
  },
  {
    name: '4 CSP: frames',
    file: shell('app-scheme'),
    edits: [['"default-src \'none\'"', '"default-src \'none\'; frame-src *; media-src *"']],
    by: { spec: 'content.spec', grep: '4: the page can load nothing' },
  },
  {
    name: '5 navigation',
    file: shell('hardening'),
    edits: [
      ["page.on('will-navigate', event => event.preventDefault())", "page.on('will-navigate', () => {})"],
    ],
    by: hardening,
  },
  {
    name: '5 new windows',
    file: shell('hardening'),
    edits: [["action: 'deny'", "action: 'allow'"]],
    by: hardening,
  },
  {
    name: '5 webviews',
    file: shell('hardening'),
    edits: [
      [
        "page.on('will-attach-webview', event => event.preventDefault())",
        "page.on('will-attach-webview', () => {})",
      ],
    ],
    by: hardening,
  },
  {
    name: '5 permissions',
    file: shell('hardening'),
    edits: [['answer(false)', 'answer(true)']],
    by: hardening,
  },
  {
    name: '5 downloads',
    file: shell('hardening'),
    edits: [
      [
        "session.on('will-download', event => event.preventDefault())",
        "session.on('will-download', () => {})",
      ],
    ],
    by: hardening,
  },
  {
    name: '5 requests elsewhere',
    file: shell('hardening'),
    edits: [['answer({ cancel: !isOwn })', 'answer({ cancel: false && !isOwn })']],
    by: hardening,
  },
  {
    name: '6 names, not addresses',
    file: shell('open-link'),
    edits: [
      [
        "typeof name === 'string' && Object.hasOwn(links, name) ? links[name] : undefined",
        'links[name] ?? String(name)',
      ],
    ],
    by: unit('main/shell/open-link'),
  },
  {
    name: '7 refused switches',
    file: 'src/main/config.ts',
    edits: [['isPackaged ? firstRefused(argv, refusedSwitches) : null', 'null']],
    by: unit('main/config'),
  },
  {
    name: '7 no certificate switch',
    file: shell('refused-switches'),
    edits: [["  'ignore-certificate-errors*',\n", '']],
    by: unit('main/config'),
  },
  {
    name: '7 no other page',
    file: 'src/main/config.ts',
    edits: [['devServer: isPackaged ? null : ', 'devServer: ']],
    by: unit('main/config'),
  },
  {
    name: '8 fuse',
    file: 'scripts/packaging.ts',
    edits: [['[FuseV1Options.RunAsNode]: false', '[FuseV1Options.RunAsNode]: true']],
    by: { unit: ['scripts/packaging.test.ts'] },
  },
  {
    name: '8 fuses are set',
    file: 'scripts/packaging.ts',
    edits: [['await flipFuses(binaryIn(context), {', 'void ({']],
    by: { spec: 'packaging.spec', grep: '8: for linux on x64 has the built program' },
  },
  {
    name: '9 one user of ipcMain',
    file: shell('menu'),
    edits: [['import { Menu }', 'import { ipcMain, Menu }']],
    by: sources,
  },
  {
    name: '10 top frame',
    file: shell('sender'),
    edits: [['senderFrame.parent !== null || ', '']],
    by: unit('main/shell/sender'),
  },
  {
    name: '10 our window',
    file: shell('sender'),
    edits: [[' || !isOurs(sender.id)', '']],
    by: unit('main/shell/sender'),
  },
  {
    name: '10 host and protocol',
    file: shell('sender'),
    edits: [['url.protocol === page.protocol && url.host === page.host', 'url.origin === page.origin']],
    by: unit('main/shell/sender'),
  },
  { name: '10 sender check', file: shell('ipc-guard'), edits: [['!isTrusted(event) || ', '']], by: ipc },
  {
    name: '11 schema',
    file: shell('ipc-guard'),
    edits: [['schema.safeParse(args)', '{ success: true as const, data: args }']],
    by: ipc,
  },
  {
    name: '11 length of an account',
    file: 'src/contract/argument-schemas.ts',
    edits: [['id: z.string().max(64),', 'id: z.string(),']],
    by: ipc,
  },
  {
    name: '11 a name, not a text',
    file: 'src/contract/argument-schemas.ts',
    edits: [
      [
        'openLink: z.tuple([z.enum(linkNames)])',
        'openLink: z.tuple([z.string() as unknown as z.ZodType<LinkName>])',
      ],
    ],
    by: unit('main/shell/open-link'),
  },
  {
    name: '11 size cap',
    file: shell('ipc-guard'),
    edits: [[' || !isWithin(args, LARGEST_CALL)', '']],
    by: ipc,
  },
  {
    name: '12 picked answers',
    file: shell('ipc-guard'),
    edits: [['reply(await handler(...parsed.data))', 'await handler(...parsed.data)']],
    by: ipc,
  },
  {
    name: '12 errors stay',
    file: shell('ipc-guard'),
    edits: [["return fail({ code: 'INTERNAL' })", 'throw error']],
    by: ipc,
  },
  {
    name: '13 no event in the page',
    file: 'src/preload/expose.ts',
    edits: [
      [
        '(_event: unknown, value: unknown) => listener(value)',
        '(event: unknown, value: unknown) => (listener as (...all: unknown[]) => void)(value, event)',
      ],
    ],
    by: unit('preload/expose'),
  },
  {
    name: '14 key in a file',
    file: 'src/main/handlers/profiles.ts',
    edits: [
      [
        '      keychain.retry()\n      const saved',
        "      const [folder = ''] = process.argv.flatMap(one => /^--user-data-dir=(.*)/.exec(one)?.[1] ?? [])\n      process.getBuiltinModule('node:fs').writeFileSync(`${folder}/kept`, Buffer.from(key).toString('hex'))\n      keychain.retry()\n      const saved",
      ],
    ],
    by: { spec: 'canary.spec', grep: '14: a marked key' },
  },
  {
    name: '14 key in a reply',
    file: 'src/main/carrier/client.ts',
    edits: [
      [
        'const redact = redactorOf(authKey)',
        'const redact = (text: string) => (redactorOf(text) ? text : text)',
      ],
    ],
    by: request,
  },
  {
    name: '14 key in a reply, escaped',
    file: 'src/main/carrier/redact.ts',
    edits: [['plain.includes(authKey) ||', '']],
    by: unit('main/carrier/redact'),
  },
  {
    name: '14 OEM key in a reply',
    file: 'src/main/carrier/client.ts',
    edits: [
      [
        'const redact = redactorOf(oemKey)',
        'const redact = (text: string) => (redactorOf(text) ? text : text)',
      ],
    ],
    by: unit('main/carrier/client.sign-in'),
  },
  {
    name: '14 an obtained key in a record',
    file: 'src/main/carrier/client.ts',
    edits: [
      ['rawReply: result.ok ? null : refusalText(result.failure)', 'rawReply: redact(reply.value.body)'],
    ],
    by: unit('main/carrier/client.sign-in'),
  },
  {
    name: '18 an obtained key in memory',
    file: 'src/main/lookup/credentials.ts',
    edits: [['      obtained.set(slotOf(place), null)\n', '']],
    by: unit('main/lookup/credentials'),
  },
  {
    name: '18 an obtained key in the keychain',
    file: 'src/main/lookup/credentials.ts',
    edits: [['      return vaultOf(place).delete(place)\n', '      return ok(null)\n']],
    by: unit('main/lookup/credentials'),
  },
  {
    name: '18 a key that is obtained after the credential went',
    file: 'src/main/lookup/credentials.ts',
    edits: [['answer.result.ok && generations.get(slot) === generation', 'answer.result.ok']],
    by: unit('main/lookup/credentials'),
  },
  {
    name: '18 a deleted OEM key in an act that had begun',
    file: 'src/main/lookup/credentials.ts',
    edits: [['if (generations.get(slot) !== generation)\n', 'if (generation === null)\n']],
    by: unit('main/lookup/credentials'),
  },
  {
    name: '18 deleting the typed key alone',
    file: 'src/main/handlers/old-keys.ts',
    edits: [
      [
        "profile.credential.kind === 'oem' ? await credentials.forget(ownerOf(profile)) : ok(null)",
        'ok(null)',
      ],
    ],
    by: unit('main/handlers/profiles'),
  },
  {
    name: '27 a key that another OEM ID obtained',
    file: 'src/main/lookup/credentials.ts',
    edits: [['known === null || known.oemId !== oemId || ', 'known === null || ']],
    by: unit('main/lookup/credentials'),
  },
  {
    name: '27 a proxy’s login for another proxy',
    file: 'src/main/profiles/proxy-logins.ts',
    edits: [
      ["({ profileId: 'proxy', origin: proxy, which", "({ profileId: 'proxy', origin: proxy && '', which"],
    ],
    by: unit('main/profiles/proxy-logins'),
  },
  {
    name: '27 a proxy’s login that nobody confirmed',
    file: 'src/main/profiles/proxy-logins.ts',
    edits: [
      ['proxy === null || !(await confirm(proxy))', 'proxy === null || ((await confirm(proxy)) && false)'],
    ],
    by: unit('main/profiles/proxy-logins'),
  },
  {
    name: '27 a login for a proxy that asks in another way',
    file: 'src/main/carrier/route.ts',
    edits: [['return asked.takesBasic\n', 'return asked.schemes.length > 0\n']],
    by: unit('main/carrier/client.proxy'),
  },
  {
    name: '15 key in the page',
    file: 'src/renderer/store/settings.ts',
    edits: [
      [
        '      saveKey: async (key, forThisRun) =>\n',
        '      saveKey: async (key, forThisRun) => Object.assign(globalThis, { kept: `${key}.` }) &&\n',
      ],
    ],
    by: { spec: 'canary.spec', grep: '15: the heap' },
  },
  {
    name: '16 key in a header',
    file: 'src/main/carrier/request-body.ts',
    edits: [["{ accept: 'application/json', ", "{ accept: 'application/json', 'x-auth-key': authKey, "]],
    by: request,
  },
  {
    name: '17 no silent fallback',
    file: 'src/main/keychain/vaults.ts',
    edits: [
      [
        '      if (saved.ok) await memory.delete(owner)\n      return saved',
        '      return saved.ok ? saved : memory.save(owner, authKey)',
      ],
    ],
    by: unit('main/keychain/keytar-vault'),
  },
  {
    name: '18 deleted from memory',
    file: 'src/main/keychain/vaults.ts',
    edits: [['      await memory.delete(owner)\n      const deleted', '      const deleted']],
    by: unit('main/keychain/keytar-vault'),
  },
  {
    name: '19 what a key is',
    file: 'src/main/keychain/key-vault.ts',
    edits: [['/^[\\x21-\\x7e]{1,2560}$/', '/^[^]+$/']],
    by: unit('main/keychain/keytar-vault'),
  },
  {
    name: '20 https alone',
    file: 'src/main/carrier/host.ts',
    edits: [['(!isPackaged && LOOPBACK.test(url.hostname))', 'LOOPBACK.test(url.hostname)']],
    by: unit('main/carrier/host'),
  },
  {
    name: '20 certificate check',
    file: 'src/main/carrier/route.ts',
    edits: [['rejectUnauthorized: true', 'rejectUnauthorized: false']],
    by: unit('main/carrier/client.tls'),
  },
  {
    name: '20 explicit certificate check',
    file: 'src/main/carrier/route.ts',
    edits: [['    rejectUnauthorized: true,\n', '']],
    by: unit('main/carrier/client.tls'),
  },
  {
    name: '20 TLS 1.2',
    file: 'src/main/carrier/route.ts',
    edits: [["minVersion: 'TLSv1.2'", "minVersion: 'TLSv1'"]],
    by: unit('main/carrier/client.tls'),
  },
  {
    name: '20 weak certificates',
    file: 'src/main/carrier/route.ts',
    edits: [['strong(buildConnector(verified))', 'buildConnector(verified)']],
    by: unit('main/carrier/client.tls'),
  },
  {
    name: '20 weak certificates behind a proxy',
    file: 'src/main/carrier/route.ts',
    edits: [
      [
        'toCarrier(strong((options as { connect: Connector }).connect))',
        'toCarrier((options as { connect: Connector }).connect)',
      ],
    ],
    by: unit('main/carrier/client.proxy'),
  },
  {
    name: '20 certificates of a resumed session',
    file: 'src/main/carrier/route.ts',
    edits: [['    maxCachedSessions: 0,\n', '']],
    by: unit('main/carrier/client.tls'),
  },
  {
    name: '20 authorities of the environment',
    file: 'src/main/carrier/trust.ts',
    edits: [["tls.getCACertificates('bundled')", "tls.getCACertificates('default')"]],
    by: unit('main/carrier/client.tls'),
  },
  {
    name: '21 redirects are followed',
    file: 'src/main/carrier/route.ts',
    edits: [
      ["import type { Dispatcher } from 'undici'", "import { type Dispatcher, interceptors } from 'undici'"],
      [
        '? new Agent({ ...shared, connect: toCarrier(dial) })',
        '? new Agent({ ...shared, connect: toCarrier(dial) }).compose(interceptors.redirect({ maxRedirections: 2 }))',
      ],
    ],
    by: replies,
  },
  {
    name: '22 size cap on the wire',
    file: 'src/main/carrier/reply-body.ts',
    edits: [['size > LARGEST_REPLY', 'size > 100 * LARGEST_REPLY']],
    by: replies,
  },
  {
    name: '22 size cap once decompressed',
    file: 'src/main/carrier/reply-body.ts',
    edits: [['maxOutputLength: LARGEST_REPLY', 'maxOutputLength: 10_000 * LARGEST_REPLY']],
    by: replies,
  },
  {
    name: '23 text is text',
    file: 'src/renderer/features/lookup/failure-card.tsx',
    edits: [
      [
        '<h2>{t(`failures.${failure.code}`)}</h2>',
        '<h2 dangerouslySetInnerHTML={{ __html: t(`failures.${failure.code}`) }} />',
      ],
    ],
    by: sources,
  },
  {
    name: '24 file mode',
    file: 'src/main/files/write-whole.ts',
    edits: [['0o600', '0o644']],
    by: unit('main/files/write-whole'),
  },
  {
    name: '24 umask',
    file: 'src/main/index.ts',
    edits: [['process.umask(0o077)', 'process.umask(0o022)']],
    by: { spec: 'store.spec', grep: '24: every file' },
  },
  {
    name: '24 scrubbed files',
    file: 'src/main/store/backups.ts',
    edits: [['    if (name.startsWith(prefix)) removeHeldSync(join(dirname(path), name))\n', '']],
    by: unit('main/store/open-store'),
  },
  {
    name: '25 mask in the log',
    file: 'src/main/log/entry.ts',
    edits: [['maskAccount(account)', 'account.id']],
    by: unit('main/log/entry'),
  },
  {
    name: '25 words of an error',
    file: 'src/main/log/entry.ts',
    edits: [["kind: KIND.test(name) ? name : 'Error'", 'kind: String(error)']],
    by: unit('main/log/entry'),
  },
  {
    name: '25 mask in the shift’s export',
    file: 'src/domain/lookup-export.ts',
    edits: [['masked ? maskAccount(account) : formatAccount(account)', 'formatAccount(account)']],
    by: unit('domain/lookup-export'),
  },
  {
    name: '26 private copies',
    file: shell('clipboard'),
    edits: [["isPrivate && platform === 'win32' && ", "isPrivate && platform === 'none' && "]],
    by: unit('main/shell/clipboard'),
  },
  {
    name: '27 key of a host',
    file: 'src/main/profiles/owner.ts',
    edits: [
      [
        "carrier.kind === 'simulator' ? SIMULATOR : normalised(carrier.origin) }",
        "carrier.kind === 'simulator' ? SIMULATOR : 'any' }",
      ],
    ],
    by: { spec: 'store.spec', grep: '27: a page that was taken over' },
  },
  {
    name: '27 confirmed CA file',
    file: 'src/main/profiles/profiles.ts',
    edits: [
      [
        'JSON.stringify([a.caFile, a.proxy, a.team]) === JSON.stringify([b.caFile, b.proxy, b.team])',
        'JSON.stringify([a.proxy, a.team]) === JSON.stringify([b.proxy, b.team])',
      ],
    ],
    by: { spec: 'store.spec', grep: '27: neither a form' },
  },
  {
    name: '27 confirmed proxy',
    file: 'src/main/profiles/profiles.ts',
    edits: [
      [
        'if (sameWay(before ?? newProfile(draft), draft)) return ok(null)',
        'if (sameWay(draft, draft)) return ok(null)',
      ],
    ],
    by: { spec: 'store.spec', grep: '27: another proxy' },
  },
]
