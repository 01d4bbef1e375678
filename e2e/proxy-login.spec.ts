import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority } from '../src/main/carrier/testing/certificates.ts'
import { answersWell, startFaultCarrier } from '../src/main/carrier/testing/fault-carrier.ts'
import { startFaultProxy } from '../src/main/carrier/testing/fault-proxy.ts'
import { AUTH_KEY, expect, operator, setUp, test } from './fixtures.ts'
import { MainWindow } from './screens/main-window.ts'

/** A proxy of the office that asks for a user name and a password. */

const LINE = '09012345678'
const asks = (scheme: string) => ({
  reply: `HTTP/1.1 407 Login\r\nproxy-authenticate: ${scheme}\r\ncontent-length: 0\r\n\r\n`,
})

test('29: a proxy’s login is typed once, confirmed natively, sent to that proxy alone, and kept over a restart', async ({
  launch,
  userData,
}) => {
  const authority = createAuthority('The operator’s own authority')
  const host = await startFaultCarrier(answersWell, { secure: authority.issue() })
  const proxy = await startFaultProxy(asks('Basic realm="Office"'))
  const caFile = join(userData, 'authority.pem')
  writeFileSync(caFile, authority.cert)
  const proxyAt = `http://127.0.0.1:${proxy.port}`
  try {
    const { app, page } = await launch()
    const confirming = (response: 0 | 1) =>
      app.evaluate(({ dialog }, answer) => {
        Object.assign(globalThis, { asked: [] })
        dialog.showMessageBox = async (...given: unknown[]) => {
          ;(Reflect.get(globalThis, 'asked') as unknown[]).push((given.at(-1) as { message: string }).message)
          return { response: answer, checkboxChecked: false }
        }
      }, response)
    await confirming(1)
    const profile = { ...operator(host.https), caFile, proxy: { kind: 'manual' as const, url: proxyAt } }
    await setUp(page, { ...profile, cooldownSeconds: 1 }, AUTH_KEY)
    const main = new MainWindow(page)
    await main.lookUp(LINE)
    expect(await main.outcome()).toMatchObject({ ok: false, code: 'PROXY_LOGIN' })
    await expect(main.failure).toContainText(proxyAt)
    expect(host.connections()).toBe(0)

    // Nothing is sent where the agent says no.
    await confirming(0)
    await main.failure.getByLabel('ユーザー名').fill('yamada')
    await main.failure.getByLabel('パスワード').fill('wrong-CANARY')
    await main.failure.getByRole('button', { name: '保存してもう一度照会する' }).click()
    await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'asked'))).toHaveLength(1)
    expect(await app.evaluate(() => Reflect.get(globalThis, 'asked'))).toEqual([
      `プロキシ ${proxyAt} にユーザー名とパスワードを送信しますか？`,
    ])
    expect(proxy.asked.join()).not.toMatch(/proxy-authorization/i)

    // Wrong ones are asked for again.
    await confirming(1)
    await main.failure.getByRole('button', { name: '保存してもう一度照会する' }).click()
    await expect(main.failure).toContainText('プロキシに受け付けられませんでした')
    proxy.turn('works')
    await main.failure.getByLabel('ユーザー名').fill('yamada')
    await main.failure.getByLabel('パスワード').fill('right-CANARY')
    await main.failure.getByRole('button', { name: '保存してもう一度照会する' }).click()
    await expect(main.result).toHaveAttribute('data-account', LINE)
    const token = Buffer.from('yamada:right-CANARY').toString('base64')
    expect(proxy.asked.at(-1)).toContain(`Basic ${token}`)
    expect(host.requests).toHaveLength(1)
    expect(JSON.stringify(host.requests)).not.toContain(token)
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('CANARY')
    await app.close()

    const again = await launch()
    await new MainWindow(again.page).lookUp('08011112222')
    expect(await new MainWindow(again.page).outcome()).toMatchObject({ ok: true })
    expect(proxy.asked.at(-1)).toContain(`Basic ${token}`)
  } finally {
    await Promise.all([host.stop(), proxy.stop()])
  }
})

test('a proxy that takes Kerberos or NTLM alone is said to be unsupported, by name', async ({
  firstRun: { app, page },
}) => {
  const proxy = await startFaultProxy(asks('Negotiate'))
  try {
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
    })
    const url = `http://127.0.0.1:${proxy.port}`
    await setUp(page, { ...operator('https://carrier.example'), proxy: { kind: 'manual', url } }, AUTH_KEY)
    const main = new MainWindow(page)
    await main.lookUp(LINE)
    expect(await main.outcome()).toMatchObject({ ok: false, code: 'PROXY_SCHEME' })
    await expect(main.failure).toContainText('求められている認証方式：Negotiate (Kerberos)')
  } finally {
    await proxy.stop()
  }
})
