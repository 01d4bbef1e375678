// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code
import type { Mutation } from './security-mutations.ts'

/** Replaces one text of a file in `src`; `units` are the unit tests that should notice, as paths in `src`. */
const change = (
  name: string,
  file: string,
  [find, replace]: readonly [string, string],
  ...units: readonly string[]
): Mutation => ({
  name,
  file: `src/${file}.ts`,
  edits: [[find, replace]],
  by: { unit: (units.length === 0 ? [file] : units).map(unit => `src/${unit}.test.ts`) },
})

const lookups = 'main/store/lookups'
const thread = 'main/store/maintenance-thread'
const openStore = 'main/store/open-store'
const killed = 'main/store/open-store.killed'
const upkeep = 'main/store/upkeep'
const time = 'main/store/confirmed-time'
const gateStore = 'main/store/gate-store'
const fallback = 'main/store/gate-fallback'
const fullDisk = 'main/store/full-disk'
const lines = 'main/store/saved-accounts'
const keytar = 'main/keychain/keytar-vault'
const hung = 'main/keychain/keytar-vault.hung'
const ofProfiles = 'main/profiles/profiles'
const profiles = 'main/handlers/profiles'
const copies = 'main/handlers/copies'
const breaker = 'main/gate/local/circuit-breaker'
const turns = 'main/gate/local/local-gate.turn'
const lookUp = 'main/lookup/look-up'
const fresh = 'main/lookup/fresh-answers'
const questions = 'main/lookup/look-up.questions'
const reply = 'main/carrier/reply'
const page = 'renderer/store'

/** Changes of behaviour that some test must notice. */
export const behaviourMutations: readonly Mutation[] = [
  // What is stored, and whose it is.
  change(
    'the last good answer of another host',
    lookups,
    ['(?3 IS NULL OR origin = ?3)', '?3 = ?3 OR 1'],
    lookups,
    lookUp,
    thread,
  ),
  change(
    'any host’s answer is fresh',
    fresh,
    ['lookups.lastGood(profileId, account, origin)', 'lookups.lastGood(profileId, account)'],
    questions,
  ),
  change('an id from before', lookups, [
    "Number(lastId.get()?.['id'] ?? 0)",
    "Number(database.prepare('SELECT max(id) AS id FROM lookup').get()?.['id'] ?? 0)",
  ]),
  change('a refused lookup has an id', lookups, ['id: isKept ? id : null', 'id'], openStore),
  change('a refused lookup is not told', lookups, ['      if (!isKept) onRefused()\n', ''], fullDisk),
  change(
    'a deferred lookup that is lost is not told',
    lookups,
    ['if (!write(waiting)) onRefused()', 'write(waiting)'],
    thread,
  ),
  change(
    'a deferred lookup is not found',
    lookups,
    [
      'deferred.filter(lookup => lookup.profileId === profileId && lookup.account.id === account)',
      '[] as typeof deferred',
    ],
    thread,
  ),
  change(
    'a deferred lookup of another profile',
    lookups,
    [
      'lookup => lookup.profileId === profileId && lookup.account.id === account',
      'lookup => lookup.account.id === account',
    ],
    thread,
  ),
  change('the raw reply of another profile', lookups, [
    'failure FROM lookup WHERE profile_id = ? AND id = ?',
    'failure FROM lookup WHERE ? <> 0 AND id = ?',
  ]),
  change(
    'a shift of every agent',
    'main/store/lookup-pages',
    ['agent = ? AND asked_at >= ?', '? <> 0 AND asked_at >= ?'],
    lookups,
  ),
  change(
    'a shift of every time',
    'main/store/lookup-pages',
    ['agent = ? AND asked_at >= ?', 'agent = ? AND ? IS NOT NULL'],
    lookups,
  ),
  change(
    'an export with what came later',
    'main/store/lookup-pages',
    ['AND id > ? AND id <= ?', 'AND id > ? AND ? > 0'],
    lookups,
  ),
  // Erasing.
  change(
    'retention of another profile’s line',
    'main/store/erasure',
    ['WHERE profile_id = line.profile_id AND account', 'WHERE account'],
    lookups,
  ),
  change(
    'retention keeps the last failed one',
    'main/store/erasure',
    ['account = line.account AND report IS NOT NULL', 'account = line.account'],
    lookups,
  ),
  change(
    'forgetting in every profile',
    'main/store/erasure',
    ["'profile_id = ? AND account = ?', erasure", "'? <> 0 AND account = ?', erasure"],
    lookups,
  ),
  change(
    'clearing every profile',
    'main/store/erasure',
    ["'profile_id = ?', erasure", "'? <> 0', erasure"],
    thread,
  ),
  change(
    'forgetting leaves the saved line',
    'main/store/maintenance',
    ["if (erasure.kind === 'forget') {", 'if (erasure.kind === null) {'],
    'main/handlers/lookup',
  ),
  change(
    'no VACUUM',
    'main/store/maintenance',
    ["    database.exec('VACUUM')\n", ''],
    openStore,
    killed,
    thread,
    'main/handlers/lookup',
  ),
  change(
    'a busy log counts as scrubbed',
    'main/store/maintenance',
    [
      "if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] !== 0) return false",
      "database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()",
    ],
    openStore,
  ),
  change(
    'the pending mark stays',
    'main/store/maintenance',
    ['    setPending(database, null)\n', ''],
    openStore,
  ),
  change(
    'what is pending is not finished',
    openStore,
    ["await isDone({ kind: 'finish-erasing', now: clock.now() })", 'await null'],
    openStore,
    thread,
  ),
  change(
    'the others are cleared too',
    'main/store/maintenance',
    ["const others = 'profile_id <> ? OR id > ?'", "const others = 'profile_id = ? AND id > ?'"],
    thread,
  ),
  change(
    'the menu acts under an open dialog',
    'renderer/commands',
    ["  if (!isCovered() || command === 'guide') runCommand(store, command)", '  runCommand(store, command)'],
    'renderer/commands',
  ),
  change(
    'the menu keeps Electron’s English labels',
    'main/shell/menu-template',
    ['return { role, label: typeof', 'return { role, sublabel: typeof'],
    'main/shell/menu-template',
  ),
  change(
    'a held file is given up at once',
    'main/files/held-files',
    ['const options = { isRetriable: isHeld }', 'const options = { isRetriable: () => false }'],
    'main/files/held-files',
  ),
  change(
    'retention leaves what was set aside',
    'main/store/maintenance',
    [
      'if (at <= (before ?? Number.MAX_SAFE_INTEGER)) removeHeldSync(file)',
      'if (at < 0) removeHeldSync(file)',
    ],
    upkeep,
  ),
  change(
    'retention leaves the log',
    'main/store/maintenance',
    [
      "  if (rows > 0) database.exec('PRAGMA wal_checkpoint(PASSIVE); PRAGMA wal_checkpoint(TRUNCATE)')\n",
      '',
    ],
    upkeep,
  ),
  // Backups.
  change(
    'a backup is not verified',
    'main/store/backups',
    ["return inspect(partialOf(path), 'every page') === 'ours'", 'return true'],
    killed,
  ),
  change(
    'a backup under its name from the start',
    'main/store/backups',
    [
      'const partialOf = (path: string): string => `${path}.partial`',
      'const partialOf = (path: string): string => `${path}.backup-9999999999999`',
    ],
    killed,
    openStore,
  ),
  change(
    'three backups',
    'main/store/backups',
    ['const BACKUPS_KEPT = 2', 'const BACKUPS_KEPT = 3'],
    openStore,
  ),
  change(
    'a backup earlier than another',
    'main/store/backups',
    ['Math.max(now, (backupsOf(path)[0]?.at ?? 0) + 1)', 'now'],
    openStore,
  ),
  change(
    'a half is put in place',
    'main/store/backups',
    ['  const copy = copyOf(to)', '  const copy = to'],
    killed,
  ),
  change(
    'the log is not set aside',
    'main/store/backups',
    ["['-journal', '-wal', '-shm', '']", "['']"],
    killed,
  ),
  change(
    'the file is set aside first',
    'main/store/backups',
    ["['-journal', '-wal', '-shm', '']", "['', '-journal', '-wal', '-shm']"],
    killed,
  ),
  change(
    'a failed backup stays',
    'main/store/backups',
    ["for (const suffix of ['', '-journal']) tryRemove(partialOf(path) + suffix)", ''],
    killed,
  ),
  change('a damaged page is not marked', openStore, ['      tryMark(path)\n', ''], thread),
  change(
    'no backup before a migration',
    'main/store/open-or-mend',
    ['version > 0 && version < migrations.length && !backUpNow(database, path, now)', 'version < 0'],
    openStore,
  ),
  // Time.
  change('a single start confirms', time, [
    'before !== undefined &&\n    startedAt >=',
    'before === undefined ||\n    startedAt >=',
  ]),
  change('a start in the past confirms', time, [
    'startedAt >= Math.max(before.startedAt, before.latestAt) &&',
    'startedAt > 0 &&',
  ]),
  change('a year between starts confirms', time, [
    'const MOST_BETWEEN_STARTS_MS = 14 * 86_400_000',
    'const MOST_BETWEEN_STARTS_MS = 500 * 86_400_000',
  ]),
  change('the time follows the wall clock', time, [
    'known.at + clock.monotonic() - known.monotonic',
    'clock.now() + 0 * known.monotonic',
  ]),
  change('the carrier’s time is not taken', time, [
    '      known = { at, monotonic: clock.monotonic() }\n',
    '      known = known ?? { at: at * 0, monotonic: 0 }\n',
  ]),
  change('retention by the wall clock', upkeep, [
    'return now === null ? undefined : now - days * DAY_MS',
    'return clock.now() - days * DAY_MS',
  ]),
  change('a backup by the hour', upkeep, ['now - last >= DAY_MS - SLACK_MS', 'now - last >= 0']),
  change('no backup after a wrong clock', upkeep, ['    if (now !== null) store.redateBackups(now)\n', '']),
  change('a failed backup is told each time', upkeep, [
    'if (!done && !isToldOf) onBackUpFailed()',
    'if (!done) onBackUpFailed()',
  ]),
  change('a shorter retention is forgotten', upkeep, ['      owed.set(true)\n', '']),
  change(
    'an age of this run that may be younger than it is',
    fresh,
    ['return clock.monotonic() - at', 'return (confirmedNow() ?? at) - stored.repliedAt'],
    lookUp,
  ),
  change('an age of an uncertain time', fresh, ['now === null ? null :', 'now === null ? 0 :'], lookUp),
  change('a series bent by a clock ahead', 'domain/stored-days', [
    '      if (until !== null && day.date > until) continue\n',
    '',
  ]),
  // The gate.
  change(
    'the fallback file is not read',
    gateStore,
    [
      'return fallen.length === 0 ? kept : [...kept, ...fallen]',
      'return fallen.length >= 0 ? kept : [...kept, ...fallen]',
    ],
    fullDisk,
  ),
  change(
    'the fallback file takes no query',
    gateStore,
    ['      fallback.add({ origin: hashOf(origin), startedAt: at, endedAt: null })\n', ''],
    fullDisk,
  ),
  change('a crash’s row is ended in every carrier', gateStore, [
    'WHERE origin = ? AND started_at = ? AND ended_at IS NULL',
    'WHERE ? <> 0 AND started_at = ? AND ended_at IS NULL',
  ]),
  change('an ended row is ended again', gateStore, [
    'started_at = ? AND ended_at IS NULL LIMIT 1',
    'started_at = ? LIMIT 1',
  ]),
  change('rows of the last hour are forgotten', gateStore, [
    "database.prepare('DELETE FROM gate_query WHERE started_at < ?')",
    "database.prepare('DELETE FROM gate_query WHERE started_at <> ?')",
  ]),
  change('rows of the future stay there', gateStore, ['      write(() => redate.run(now))\n', '']),
  change('the fallback file grows', fallback, [
    'put(free === -1 ? oldest(slots) : free, value)',
    'put(free === -1 ? slots.length : free, value)',
  ]),
  change('the fallback file names the host', fallback, [
    "createHash('sha256').update(origin).digest('hex').slice(0, 16)",
    'origin',
  ]),
  change(
    'a rate limit of an hour',
    'main/gate/local/circuit',
    ['const LONGEST_CLOSURE = 10 * 60_000', 'const LONGEST_CLOSURE = 60 * 60_000'],
    breaker,
  ),
  change('the key’s closure outlives a new key', breaker, [
    "if (reason !== 'key-rejected' && reason",
    "if (reason !== 'rate-limited' && reason",
  ]),
  change(
    'sign-ins without an end',
    breaker,
    ["kind === 'lookup' ? limits.budget : limits.signIns", 'limits.budget'],
    turns,
  ),
  change(
    'a sign-in for a lookup that may not follow',
    breaker,
    [
      "const lookups = spent(limits, 'lookup')\n    return lookups === null",
      'const lookups = 0\n    return kind',
    ],
    turns,
  ),
  change(
    'a refused sign-in closes nothing',
    breaker,
    [" || failure.code === 'SIGN_IN_REFUSED'\n", '\n'],
    turns,
  ),
  change(
    'a sign-in and its lookup at once',
    'main/gate/local/local-turns',
    ['      await cooledDown(signal)\n', ''],
    turns,
  ),
  change(
    'a cancelled act goes on',
    'main/gate/local/local-turns',
    ["      if (isOver) return fail({ code: 'CANCELLED' })\n", ''],
    turns,
  ),
  change(
    'sign-ins forgotten at the restart',
    'main/gate/local/circuit',
    [
      "kind === 'lookup' ? origin : `${origin} sign-in`",
      "kind === 'lookup' ? origin : `${origin} ${Math.random()}`",
    ],
    turns,
  ),
  change('a refused authKey is used again', 'main/lookup/credentials', [
    '          obtained.set(slot, null)\n          void vaultOf(place).delete(place)\n',
    '',
  ]),
  change('an old authKey is used on', 'main/lookup/credentials', [' || isOld(known, renewAfterMinutes)', '']),
  change('a typed key is renewed', 'main/lookup/ask-carrier', [
    'if (!isRefused || signer.signIn === null) return first',
    'if (!isRefused) return first',
  ]),
  change('any failure is renewed', 'main/lookup/ask-carrier', [
    "first.result.failure.code === 'KEY_REJECTED'",
    'first.result.failure !== null',
  ]),
  // The use case.
  change(
    'a crossed profile is asked',
    lookUp,
    ["if (profile.id !== profileId) return fail({ code: 'IPC_REFUSED' })", ''],
    questions,
  ),
  change(
    'joined by account alone',
    lookUp,
    ['`${profile.id} ${owner.origin} ${account}`', '`${account}`'],
    questions,
  ),
  change(
    'joined in any profile',
    lookUp,
    ['`${profile.id} ${owner.origin} ${account}`', '`${owner.origin} ${account}`'],
    questions,
  ),
  change(
    'joined at any host',
    lookUp,
    ['`${profile.id} ${owner.origin} ${account}`', '`${profile.id} ${account}`'],
    questions,
  ),
  change(
    'an erased lookup lands',
    lookUp,
    ["if (flight.isErased) return fail({ code: 'CANCELLED' })", ''],
    questions,
  ),
  change(
    'failures are not logged',
    lookUp,
    ['        onDone(done)\n', '        if (result.ok) onDone(done)\n'],
    questions,
  ),
  change('what is not to be kept is written', lookUp, [
    'return isKept(done) ? lookups.record(done) : { ...lookup, id: null }',
    'return lookups.record(done)',
  ]),
  change('a refusal about another account', reply, [
    'return about !== null && !isOurs',
    'return about === undefined',
  ]),
  change(
    'an unknown blacklist is a no',
    'ticket/words',
    ["unknown: '不明'", "unknown: '非該当'"],
    'ticket/unknown',
    'ticket/golden',
  ),
  // Saved lines.
  change('a line of another profile is edited', lines, [
    'SELECT account FROM saved_line WHERE profile_id = ? AND id = ?',
    'SELECT account FROM saved_line WHERE ? <> 0 AND id = ?',
  ]),
  change('a line of another profile is removed', lines, [
    'DELETE FROM saved_line WHERE profile_id = ? AND id = ?',
    'DELETE FROM saved_line WHERE ? <> 0 AND id = ?',
  ]),
  change('another profile’s lines are on the list', lines, [
    'FROM saved_line WHERE profile_id = ? ${orders[order]} LIMIT',
    'FROM saved_line WHERE ? <> 0 ${orders[order]} LIMIT',
  ]),
  change('a search finds another profile’s lines', lines, [
    'WHERE profile_id = ? AND (${holdsOne})',
    'WHERE ? <> 0 AND (${holdsOne})',
  ]),
  change('an edited line is found by its old words', lines, [
    'searchable = ? ',
    'searchable = coalesce(searchable, ?) ',
  ]),
  change('an import is half taken', lines, [
    '        transaction(database, () => {\n',
    '        ((_: unknown, work: () => number) => work())(database, () => {\n',
  ]),
  change(
    'a missing CSV column erases the label',
    'domain/plan-import',
    ["given.label ?? old?.label ?? ''", "given.label ?? ''"],
    'domain/import-columns',
  ),
  // Keys.
  change(
    'a key that was replaced while it was read',
    keytar,
    ["        if (latest.get(account) !== before) return fail({ code: 'KEYCHAIN_TIMEOUT' })\n", ''],
    hung,
  ),
  change(
    'an overtaken save',
    keytar,
    ["        if (latest.get(account) !== act) return fail({ code: 'KEY_NOT_SAVED' })\n", ''],
    hung,
  ),
  change(
    'a deleted key is still in memory',
    keytar,
    [
      '      keys.delete(account)\n      latest.set(account, Symbol())',
      '      latest.set(account, Symbol())',
    ],
    keytar,
    hung,
  ),
  change(
    'a read that hung brings a deleted key back',
    keytar,
    ['latest.set(account, Symbol())', 'void Symbol'],
    hung,
  ),
  change(
    'the date of a key after a lost database',
    keytar,
    ['        if (keyDates.savedAt(owner) === null) keyDates.saved(owner, clock.now())\n', ''],
    hung,
  ),
  change(
    'a saved key is not told of',
    keytar,
    ['        for (const listener of listeners) listener(owner)\n', ''],
    keytar,
    hung,
  ),
  change('a keychain that keeps another key', keytar, [
    '(await keytar.getPassword(SERVICE, account)) !== key',
    '(await keytar.getPassword(SERVICE, account)) === null',
  ]),
  change(
    'two hung calls at once',
    keytar,
    ['!running?.isGivenUp || hung > 0', '!running?.isGivenUp'],
    keytar,
    hung,
  ),
  change('a locked keyring is taken for a lost key', keytar, ["platform === 'linux'", "platform === 'none'"]),
  change(
    'a key in memory for every host',
    'main/keychain/key-vault',
    ['[profileId, origin, which]', "[profileId, origin && '', which]"],
    'main/keychain/memory-vault',
  ),
  // Profiles and what acts on them.
  change('a real profile becomes the simulator’s', ofProfiles, [
    'before && before.carrier.kind !== carrier.kind',
    'before && before.carrier.kind === null',
  ]),
  change('a refused host is saved', ofProfiles, [
    "carrier.kind === 'host' && !mayQuery(carrier.origin, hostRules())",
    "carrier.kind === 'host' && carrier.origin === ''",
  ]),
  change('an import is taken by halves', ofProfiles, [
    '      const checked = await check(profile)\n      if (!checked.ok) return checked\n    }\n',
    '      const checked = await check(profile)\n      if (!checked.ok) break\n    }\n',
  ]),
  change('a new key leaves the gate closed', profiles, ['      gate.keyChanged(owner.origin)\n', '']),
  change('what waits is sent with the key before', profiles, [
    '      lookUp.dropUnsent()\n      keychain.retry()',
    '      keychain.retry()',
  ]),
  change(
    'what waits is sent with a deleted key',
    'main/handlers/old-keys',
    [
      'const deleted = await vault.delete(typedKeyOf(profile))\n    lookUp.dropUnsent()',
      'const deleted = await vault.delete(typedKeyOf(profile))',
    ],
    profiles,
  ),
  change('what waits is sent after a switch', profiles, [
    '    async selectProfile(id) {\n      lookUp.dropUnsent()',
    '    async selectProfile(id) {',
  ]),
  change('a shorter retention keeps the backups', profiles, [
    '.retentionDays < before',
    '.retentionDays > before',
  ]),
  change('forgetting leaves what flies', 'main/handlers/lookup', ['        lookUp.stop()\n', '']),
  change('forgetting is told to no flight', 'main/handlers/lookup', [
    '        lookUp.erased(id, account.id)\n',
    '',
  ]),
  change('a retention of no days keeps', 'main/handlers/lookup', [
    '      if (retentionDays() === 0) void store.retain(null)\n',
    '',
  ]),
  change('the keychain is tried again by itself', 'main/handlers/lookup', ['if (request.again) ', '']),
  change('an export of every shift', copies, ['shiftStart(clock.now())', '0']),
  change('two exports at once', copies, ['if (running !== null) return ok(null)', 'void running']),
  change('a shift’s numbers are whole', copies, ["which.kind === 'shift'", "which.kind === 'account'"]),
  change('Enter confirms another proxy', 'main/shell/confirm', ['defaultId: 0', 'defaultId: 1']),
  change('Esc confirms another proxy', 'main/shell/confirm', ['response === 1', 'response !== 2']),
  // The page.
  change('an older search’s lines are shown', `${page}/saved-accounts`, [
    'if (act === latest && outcome.ok)',
    'if (outcome.ok)',
  ]),
  change('another profile’s list stays', `${page}/saved-accounts`, [
    'latest += 1\n        set({ listed,',
    'set({ listed,',
  ]),
  change('an answer stands beside the line of another profile', 'main/handlers/lookup', [
    'savedAccounts.find(found.lookup.profileId, found.lookup.account.id)',
    "savedAccounts.find('9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10', found.lookup.account.id)",
  ]),
  change('a late end of an act is told to the next profile', `${page}/notices`, [
    'if (get().app.current?.profile.id === profileId) get().notify(notice)',
    'if (profileId !== null) get().notify(notice)',
  ]),
  change(
    'a late failure replaces figures',
    `${page}/lookup`,
    [
      'if (act === latest || (failure === null && outcome.ok && isOlder(view, outcome.value.lookup))) {',
      'if (act === latest || !outcome.ok || isOlder(view, outcome.value.lookup)) {',
    ],
    `${page}/lookup`,
    `${page}/outdated-answers`,
  ),
  change(
    'a raw reply of another view',
    `${page}/ticket`,
    ['      if (store.getState().view !== view) return\n', ''],
    `${page}/ticket-of`,
    `${page}/copy`,
  ),
  change(
    'a copy names what is on the screen by then',
    `${page}/ticket`,
    [
      "outcome.ok ? kind : 'not-copied', account: view.account",
      "outcome.ok ? kind : 'not-copied', account: (get().view as typeof view).account",
    ],
    `${page}/copy`,
  ),
  change(
    'a copy is of what came on the screen since',
    `${page}/ticket`,
    ['writer === null || get().view !== view ? null', 'writer === null ? null'],
    `${page}/copy-before-writer`,
  ),
  change('a name ends the state in the document', 'main/shell/start-document', [
    ".replaceAll('<', '\\\\u003c')",
    '',
  ]),
  change('an older figure takes the place of a newer one', 'domain/stored-days', [
    'if ((byDate.get(day.date)?.kb ?? null) === null) byDate.set(day.date, day)',
    'byDate.set(day.date, day)',
  ]),
  change(
    'a label is put beside another account',
    `${page}/view`,
    [
      "'savedAccount' in view && view.account.id === account.id",
      "'savedAccount' in view && account.id !== ''",
    ],
    `${page}/saved-accounts`,
  ),
  change(
    'a recorded failure takes the place of another account',
    `${page}/lookup`,
    ['failure === null && outcome.ok && isOlder', 'outcome.ok && !isOlder'],
    `${page}/outdated-answers`,
  ),
  change(
    'a refused key in an answer closes nothing',
    'main/lookup/acted',
    ['return result.ok ? null : result.failure', 'return result.ok ? null : null'],
    'main/lookup/look-up',
  ),
  change('a hidden screen shows a name in the ticket', `${page}/ticket-of`, [
    'hidesName: true',
    'hidesName: false',
  ]),
  change('a hidden screen shows a number in the ticket', `${page}/ticket-of`, [
    'masked: true, hidesName',
    'hidesName',
  ]),
  // Figures and words.
  change(
    'unknown is said as not listed',
    'ticket/words',
    ["'not-listed': '登録なし', unknown: '不明'", "'not-listed': '登録なし', unknown: '登録なし'"],
    'ticket/unknown',
  ),
  change(
    'three days with today are without it',
    'domain/traffic',
    ['withToday: sum([todayKb, first, second])', 'withToday: sum([first, second, third])'],
    'ticket/three-days',
  ),
  change(
    'an export’s figures under other names',
    'domain/lookup-export',
    ['three_days_with_today_kb: sums?.withToday', 'three_days_with_today_kb: sums?.withoutToday'],
    'domain/export-columns',
  ),
  change(
    'the system’s certificates are not used',
    'main/carrier/trust',
    ['  ...system,\n', ''],
    'main/carrier/client.authorities',
  ),
  change('a moved database is put in place first', 'main/store/move-database', [
    '[...files.filter(name => name !== NAME), ...files.filter(name => name === NAME)]',
    '[...files.filter(name => name === NAME), ...files.filter(name => name !== NAME)]',
  ]),
  change('a database that was moved is moved again', 'main/store/move-database', [
    'isThere ? !existsSync(mark) : files.length === 0',
    'files.length === 0',
  ]),
  change(
    'a slow list of authorities is the carrier’s fault',
    'main/carrier/post',
    ["  if (step === 'authorities') return { code: 'AUTHORITIES_TIMEOUT' }\n", ''],
    'main/carrier/client.authorities',
  ),
  change('long work in the page in one go', 'renderer/features/saved-accounts/in-slices', [
    '    if (monotonic() < until) continue\n',
    '    if (monotonic() >= 0) continue\n',
  ]),
]
