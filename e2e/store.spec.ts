import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ElectronApplication } from '@playwright/test'
import { createAuthority } from '../src/main/carrier/testing/certificates.ts'
import { systemClock } from '../src/main/clock.ts'
import { startSimulator } from '../src/main/demo/carrier-simulator.ts'
import { backupsOf } from '../src/main/store/backups.ts'
import { migrations } from '../src/main/store/migrations.ts'
import { migrate } from '../src/main/store/schema.ts'
import { filesUnder } from './canary.ts'
import { AUTH_KEY, coolDownAndASecond, expect, operator, setUp, test } from './fixtures.ts'
import { MainWindow } from './screens/main-window.ts'
import { Settings } from './screens/settings.ts'

const LINE = '09012345678'
const PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'

test('importing 1,000 lines shows what would change, and sends no request', async ({ main, carrier }) => {
  const lines = Array.from({ length: 1_000 }, (_, n) => `090${String(n).padStart(8, '0')},Customer ${n},,`)
  const csv = ['account,label,note,pinned', ...lines, '03-1234-5678,landline', '09000000001,again'].join(
    '\r\n',
  )
  await main.page.getByRole('button', { name: 'CSVから読み込む' }).click()
  const sheet = main.page.getByRole('dialog')
  await expect(sheet).toContainText('読み込みでは照会は行いません')
  await expect(sheet).toContainText('freebit')
  const choose = (name: string, buffer: Buffer) =>
    sheet.getByLabel('CSVファイルを選択').setInputFiles({ name, mimeType: 'text/csv', buffer })
  await choose('commas.csv', Buffer.alloc(5_000_001, ','))
  await expect(sheet.getByRole('alert')).toContainText('大きすぎます')
  await choose('lines.csv', Buffer.from(`\uFEFF${csv}`))
  await expect(sheet.getByRole('status')).toHaveText('新規 1000 件・変更 0 件・変更なし 0 件・エラー 2 件')
  expect((await main.stored(LINE)).lookup).toBeUndefined()
  await expect(main.savedAccounts).toHaveCount(0)

  await sheet.getByRole('checkbox', { name: 'エラーの行だけ表示' }).check()
  await expect(sheet.getByRole('listitem')).toHaveCount(2)
  await sheet.getByRole('button', { name: '1000 件を読み込む' }).click()
  await expect(sheet.getByRole('status')).toHaveText('1000 件を読み込みました（新規 1000 件・変更 0 件）。')
  await expect(sheet).toContainText('エラーの 2 件は読み込んでいません。')
  await sheet.getByRole('button', { name: '閉じる' }).last().click()
  await expect(sheet).toBeHidden()
  await expect(main.savedAccount('09000000000')).toContainText('Customer 0')
  await main.page.getByRole('searchbox').fill('090-0000-0999')
  await expect(main.savedAccounts).toHaveCount(1)
  await expect(main.savedAccount('09000000999')).toContainText('Customer 999')
  await coolDownAndASecond(main.page)
  expect(carrier.requests).toHaveLength(0)
})

test('lines are exported for a Japanese spreadsheet, formulas defused', async ({
  main,
  program: { app },
  folder,
}) => {
  const target = join(folder, 'lines.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, target)
  await main.page.evaluate(() =>
    window.bridge.saveAccount({
      account: { kind: 'line', id: '09012345678' },
      label: '=HYPERLINK("x")',
      note: 'a,b',
      pinned: true,
    }),
  )
  await main.page.reload()
  await main.page.getByRole('button', { name: 'CSVに書き出す' }).click()
  await expect(main.notices).toContainText('lines.csv に書き出しました')
  expect(readFileSync(target, 'utf8')).toBe(
    '\uFEFFaccount,label,note,pinned\r\n090-1234-5678,"\'=HYPERLINK(""x"")","a,b",1\r\n',
  )
  expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])
})

test('a kept line is edited, refused twice, removed and brought back', async ({ main, carrier }) => {
  const add = async () => {
    await main.page.getByRole('button', { name: '回線を追加' }).click()
    const sheet = main.page.getByRole('dialog')
    await sheet.getByLabel('電話番号またはグループコード').fill('０９０－１２３４－５６７８')
    await sheet.getByLabel('ラベル').fill('山田様')
    await sheet.getByLabel('メモ').fill('平日の午前のみ')
    await sheet.getByRole('button', { name: '保存', exact: true }).click()
    return sheet
  }
  await expect(await add()).toBeHidden()
  await expect(main.savedAccount(LINE)).toContainText('山田様')

  const refused = await add()
  await expect(refused.getByRole('alert')).toContainText('すでに保存されています')
  await refused.getByRole('button', { name: '保存した回線を開く' }).click()
  await expect(refused).toBeHidden()
  await expect(main.page.getByText('090-1234-5678 — まだ照会していません。')).toBeVisible()

  await main.savedAccount(LINE).hover()
  await main.savedAccount(LINE).getByRole('button', { name: /^編集/ }).click()
  await main.page.getByRole('dialog').getByRole('button', { name: '一覧から削除' }).click()
  await expect(main.savedAccounts).toHaveCount(0)
  await main.notices.getByRole('button', { name: '元に戻す' }).click()
  await expect(main.savedAccount(LINE)).toContainText('山田様')
  await main.page.getByRole('searchbox').fill('午前')
  await expect(main.savedAccounts).toHaveCount(1)
  expect(carrier.requests).toHaveLength(0)
})

test('a line, its note and its history survive an upgrade from the first schema', async ({
  launch,
  userData,
}) => {
  const old = new DatabaseSync(join(userData, 'traffic-desk.sqlite'))
  migrate(old, migrations.slice(0, 1))
  const profile = { ...operator('https://carrier.example'), id: PROFILE }
  old.prepare('INSERT INTO profile VALUES (?, ?, ?)').run(PROFILE, JSON.stringify(profile), 1)
  old
    .prepare('INSERT INTO saved_line (profile_id, account, label, created_at) VALUES (?, ?, ?, ?)')
    .run(PROFILE, LINE, '山田様', 1)
  old
    .prepare(
      `INSERT INTO lookup (profile_id, account, asked_at, replied_at, duration_ms, agent, report, raw_reply)
       VALUES (?, ?, ?, ?, 120, 'suzuki', ?, '{"resultCode":"100","kept":"as it came"}')`,
    )
    .run(
      PROFILE,
      LINE,
      Date.now() - 60_000,
      Date.now() - 60_000,
      JSON.stringify({
        todayKb: 77,
        recentDays: '1,2,3',
        blacklist: 'not-listed',
        carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
      }),
    )
  old.close()

  const first = await launch()
  const main = new MainWindow(first.page)
  await expect(main.savedAccount(LINE)).toContainText('山田様')
  await main.savedAccount(LINE).hover()
  await main.savedAccount(LINE).getByRole('button', { name: /^編集/ }).click()
  await main.page.getByRole('dialog').getByLabel('メモ').fill('午前のみ')
  await main.page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()
  // The sheet closes once the note is kept.
  await expect(main.page.getByRole('dialog')).toBeHidden()
  await first.app.close()

  const again = new MainWindow((await launch()).page)
  await again.page.getByRole('searchbox').fill('午前のみ')
  await again.savedAccount(LINE).getByRole('button').first().click()
  await expect(again.result.getByRole('definition').first()).toHaveText('77 KB')
  await again.result.getByRole('button', { name: '履歴を表示' }).click()
  await expect(again.result.getByRole('row', { name: /77 KB.*suzuki/ })).toBeVisible()
  await again.result.getByRole('button', { name: '77 KB' }).click()
  await expect(again.result).toContainText('"kept":"as it came"')
})

test('two profiles on two carriers keep keys, lines and figures apart', async ({
  main,
  program: { page },
  carrier,
}) => {
  const staging = await startSimulator({ port: 0, authKey: 'STAGING-KEY', clock: systemClock, latency: 0 })
  try {
    await main.lookUp(LINE)
    await main.result.getByRole('button', { name: '回線を保存' }).click()
    await expect(main.savedAccounts).toHaveCount(1)

    await setUp(page, { ...operator(staging.url), name: 'Staging', cooldownSeconds: 1 }, 'STAGING-KEY')
    await expect(main.savedAccounts).toHaveCount(0)
    await main.lookUp(LINE)
    // Not offered from the other profile's last minute, and asked with the other key.
    await expect(main.result).toHaveAttribute('data-stored', 'false')
    expect(staging.requests.map(({ body }) => JSON.parse(body).authKey)).toEqual(['STAGING-KEY'])

    await page.getByLabel('プロファイル').selectOption('Operator')
    await expect(main.savedAccounts).toHaveCount(1)
    await expect(main.result).toBeHidden()
    await main.lookUp('080-1111-2222')
    await expect(main.result).toHaveAttribute('data-account', '08011112222')
    expect(carrier.requests.map(({ body }) => JSON.parse(body).authKey)).toEqual([AUTH_KEY, AUTH_KEY])
    expect(staging.requests).toHaveLength(1)
  } finally {
    await staging.stop()
  }
})

test('27: a profile whose host was changed sends no key there until one is typed for it', async ({
  main,
  program: { page },
}) => {
  const other = await startSimulator({ port: 0, authKey: AUTH_KEY, clock: systemClock, latency: 0 })
  try {
    const settings = new Settings(page)
    await settings.open()
    await settings.sheet.getByLabel('接続先').fill(other.url)
    await settings.sheet.getByRole('button', { name: '保存', exact: true }).click()
    await expect(settings.keyStatus).toHaveText('保存されていません')
    await settings.close()
    await main.lookUp(LINE)
    await expect(main.failure).toHaveAttribute('data-code', 'KEY_MISSING')
    await coolDownAndASecond(page)
    expect(other.requests).toHaveLength(0)
  } finally {
    await other.stop()
  }
})

test('27: a page that was taken over can move the host, and the other host gets no byte', async ({
  main,
  program: { page },
}) => {
  const other = createServer()
  let bytes = 0
  other.on('connection', socket => socket.on('data', data => (bytes += data.length)))
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = other.address() as AddressInfo
    const outcome = await page.evaluate(
      async ([origin, id]) => {
        const account = { kind: 'line', id } as const
        const state = await window.bridge.appState()
        if (!state.ok || state.value.current === null) throw new Error('no profile')
        const { profile } = state.value.current
        await window.bridge.saveProfile({ ...profile, carrier: { kind: 'host', origin } })
        const first = await window.bridge.lookUp({ account, again: true, profileId: profile.id })
        await window.bridge.tryKeyAgain()
        const second = await window.bridge.lookUp({ account, again: true, profileId: profile.id })
        return [first, second].map(one => (one.ok ? 'OK' : one.failure.code))
      },
      [`http://127.0.0.1:${port}`, LINE] as const,
    )
    expect(outcome).toEqual(['KEY_MISSING', 'KEY_MISSING'])
    await coolDownAndASecond(page)
    expect(bytes).toBe(0)
    expect(main).toBeDefined()
  } finally {
    other.close()
  }
})

/** Answers every native question with its first button, which changes nothing; gives what was asked. */
async function refuseEveryQuestion(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push(JSON.stringify(args.at(-1)))
      return { response: 0, checkboxChecked: false }
    }
  })
  return () => app.evaluate(() => Reflect.get(globalThis, 'asked') as string[])
}

test('27: another proxy is confirmed in a native dialog, or nothing is changed', async ({
  main,
  program: { app, page },
}) => {
  const asked = await refuseEveryQuestion(app)
  const settings = new Settings(page)
  await settings.open()
  await settings.sheet.getByLabel('プロキシ', { exact: true }).selectOption('manual')
  await settings.sheet.getByLabel('プロキシのURL').fill('http://proxy.example:8080')
  await settings.sheet.getByRole('button', { name: '保存', exact: true }).click()
  await expect(settings.sheet.getByRole('alert')).toHaveAttribute('data-code', 'CANCELLED')
  const questions = await asked()
  expect(questions).toHaveLength(1)
  expect(questions[0]).toContain('http://proxy.example:8080')
  const { profile } = await main.stored(LINE)
  expect(profile.proxy).toEqual({ kind: 'system' })
})

test('27: neither a form nor an import nor a new profile brings in a proxy or a CA file unconfirmed', async ({
  program: { app, page },
  folder,
}) => {
  const asked = await refuseEveryQuestion(app)
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, createAuthority('of the office').cert)
  const outcomes = await page.evaluate(async caFile => {
    const state = await window.bridge.appState()
    if (!state.ok || state.value.current === null) throw new Error('no profile')
    const { profile } = state.value.current
    const { profileId: _chosen, ...settings } = state.value.settings
    const proxy = { kind: 'manual', url: 'http://proxy.example:8080' } as const
    const file = (changed: object) =>
      JSON.stringify({ program: 'traffic-desk', settings, profiles: [{ ...profile, ...changed }] })
    const done = [
      await window.bridge.saveProfile({ ...profile, caFile }),
      await window.bridge.saveProfile({ ...profile, id: null, name: 'New', proxy }),
      await window.bridge.importSettings(file({ proxy })),
      await window.bridge.importSettings(file({ caFile })),
    ]
    const after = await window.bridge.appState()
    return {
      codes: done.map(one => (one.ok ? 'OK' : one.failure.code)),
      profiles: after.ok ? after.value.profiles.map(({ proxy, caFile }) => [proxy.kind, caFile]) : [],
    }
  }, caFile)
  expect(outcomes.codes).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED'])
  expect(outcomes.profiles).toEqual([['system', null]])
  const questions = await asked()
  expect(questions).toHaveLength(4)
  for (const [at, what] of [caFile, 'proxy.example', 'proxy.example', caFile].entries())
    expect(questions[at]).toContain(what)
})

test('27: exported settings hold no key, and an imported host gets none', async ({
  main,
  program: { app, page },
  folder,
}) => {
  const target = join(folder, 'settings.json')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, target)
  const settings = new Settings(page)
  await settings.open()
  await settings.sheet.getByRole('button', { name: '書き出す' }).click()
  await expect(main.notices).toContainText('settings.json に書き出しました')
  const file = readFileSync(target, 'utf8')
  expect(file).not.toContain(AUTH_KEY)

  const edited = JSON.parse(file)
  edited.profiles[0].carrier.origin = 'https://elsewhere.example'
  await settings.sheet.getByLabel('読み込む').setInputFiles({
    name: 's.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(edited)),
  })
  // No key is saved for the imported host, and importing settings does not copy one.
  await expect(settings.keyStatus).toHaveText('保存されていません')
  await settings.sheet
    .getByLabel('読み込む')
    .setInputFiles({ name: 's.json', mimeType: 'application/json', buffer: Buffer.from('{"not":"ours"}') })
  await expect(settings.sheet.getByText('ファイルを読み取れませんでした')).toBeVisible()
})

test('24: every file of the program is its owner’s alone', async ({
  ownMain: main,
  ownProgram: { app },
  userData,
}) => {
  test.skip(process.platform === 'win32', 'Windows keeps a user’s folder to that user')
  await main.lookUp(LINE)
  await expect(main.result).toBeVisible()
  const exported = join(userData, 'lookups.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, exported)
  await main.page.evaluate(() => window.bridge.exportLookups({ kind: 'shift' }))
  const files = filesUnder(userData)
  expect(files).toContain(exported)
  expect(files.filter(file => file.endsWith('main.log'))).toHaveLength(1)
  // Chromium may remove its own files meanwhile, so a missing file is no error.
  const others = files.filter(file => ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0)
  expect(others.map(file => relative(userData, file))).toEqual([])
})

test('24: cleared history leaves the number in no file, and the gate as it was', async ({
  ownMain: main,
  ownProgram: { page, app },
  userData,
}) => {
  await main.lookUp('080-7777-0001')
  await expect(main.result).toBeVisible()
  const settings = new Settings(page)
  await settings.open()
  await settings.sheet.getByRole('button', { name: 'このプロファイルの履歴を消去' }).click()
  await settings.sheet.getByRole('button', { name: 'すべての履歴を完全に消去する' }).click()
  await expect(settings.sheet.getByText('消去しました')).toBeVisible()
  await settings.close()
  await expect(main.result).toBeHidden()
  expect((await main.stored('08077770001')).lookup).toBeUndefined()
  const queries = await page.evaluate(async () => {
    const state = await window.bridge.appState()
    return state.ok ? state.value.current?.gate : null
  })
  expect(queries).not.toBeNull()
  await app.close()

  const found = filesUnder(userData).filter(file => /080-?7777-?0001/.test(readFileSync(file, 'latin1')))
  expect(found).toEqual([])
})

test("one customer's data is deleted for good, saved line and all, and another's stays", async ({
  ownMain: main,
  ownProgram: { page },
  userData,
}) => {
  await main.lookUp('080-7777-0003')
  await expect(main.result).toHaveAttribute('data-account', '08077770003')
  await main.lookUp('080-7777-0002')
  await expect(main.result).toHaveAttribute('data-account', '08077770002')
  await main.result.getByRole('button', { name: '回線を保存' }).click()
  await expect(main.savedAccounts).toHaveCount(1)
  await main.result.getByRole('button', { name: '履歴を表示' }).click()
  await main.result.getByRole('button', { name: 'このお客様のデータを削除' }).click()
  await main.result.getByRole('button', { name: '履歴と保存した回線を完全に削除する' }).click()
  await expect(main.result).toBeHidden()
  await expect(main.savedAccounts).toHaveCount(0)
  await expect(main.notices).toBeEmpty()

  // While the program runs: the write-ahead log and the backups are files too.
  const holding = (number: RegExp) =>
    filesUnder(userData).filter(file => number.test(readFileSync(file, 'latin1')))
  expect(holding(/080-?7777-?0002/)).toEqual([])
  expect(holding(/08077770003/)).not.toEqual([])
  expect(
    await page.evaluate(() => window.bridge.storedLookup({ kind: 'line', id: '08077770003' })),
  ).toMatchObject({ ok: true })
})

test('a database that is overwritten while the program runs: figures are shown, and a restart restores the rest', async ({
  ownProgram: first,
  launch,
  userData,
}) => {
  await first.page.evaluate(
    id => window.bridge.saveAccount({ account: { kind: 'line', id }, label: '', note: '', pinned: false }),
    LINE,
  )
  await first.app.close()
  const path = join(userData, 'traffic-desk.sqlite')
  // Removes old backups, so that the second run makes one that has the saved line.
  for (const { file } of backupsOf(path)) rmSync(file)

  const { app, page } = await launch()
  const main = new MainWindow(page)
  await expect.poll(() => backupsOf(path).length).toBeGreaterThan(0)
  writeFileSync(path, 'not a database')

  await main.lookUp('08011112222')
  await expect(main.result).toHaveAttribute('data-account', '08011112222')
  await expect(main.notices).toContainText('保存できませんでした')
  await expect(page.getByRole('alert')).toContainText('再起動すると、バックアップから復元します')
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('再起動すると')
  await app.close()

  const again = await launch()
  await expect(again.page.getByRole('alert')).toContainText('バックアップから復元しました')
  await expect(new MainWindow(again.page).savedAccount(LINE)).toBeVisible()
})
