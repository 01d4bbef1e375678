import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ElectronApplication } from '@playwright/test'
import { isStandIn } from 'electron-stand-in/which.ts'
import { expect, test } from './fixtures.ts'

/** What a page that was taken over can do, and what the carrier's and the agent's own words can do to a page. */

test.describe('4: against the Content Security Policy', () => {
  test.use({ provokesViolations: true })

  test('4: the page can load nothing, run nothing inline, frame nothing and go nowhere', async ({
    program: { page },
  }) => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.setHeader('access-control-allow-origin', '*')
      response.end('<p>elsewhere</p>')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      const tried = await page.evaluate(async elsewhere => {
        const blocked: string[] = []
        // From a timer: code that a debugger evaluates is allowed to eval.
        const attempt = (name: string, work: () => unknown) =>
          new Promise<void>(resolve => {
            setTimeout(async () => {
              try {
                await work()
              } catch {
                blocked.push(name)
              }
              resolve()
            })
          })
        /** Ends when an element has loaded, or failed to. */
        const loading = (element: HTMLElement) =>
          new Promise<void>((resolve, reject) => {
            element.addEventListener('load', () => resolve())
            element.addEventListener('error', () => reject(new Error()))
            document.body.append(element)
          })
        const seen: string[] = []
        document.addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective))
        await attempt('fetch', () => fetch(elsewhere))
        await attempt('fetch of itself', () => fetch('/index.html'))
        await attempt('socket', () => new WebSocket(elsewhere.replace('http', 'ws')))
        await attempt('beacon', () => {
          if (navigator.sendBeacon(elsewhere, 'x')) throw new Error()
        })
        await attempt('module', () => import(`${elsewhere}/x.js`))
        await attempt('eval', () => Reflect.construct(Function, ['return 1']))
        await attempt('timer of text', () => {
          setTimeout('window.ran = true')
        })
        await attempt('innerHTML', () => {
          document.createElement('div').innerHTML = '<img src=x>'
        })
        await attempt('policy', () => {
          const { trustedTypes } = window as unknown as {
            trustedTypes: { createPolicy(name: string, rules: object): unknown }
          }
          trustedTypes.createPolicy('mine', { createHTML: (text: string) => text })
        })
        await attempt('script text', () => {
          const script = document.createElement('script')
          script.textContent = 'window.ran = true'
          document.body.append(script)
        })
        await attempt('handler', () => {
          document.body.setAttribute('onclick', 'window.ran = true')
          document.body.click()
        })
        await attempt('image', () => loading(Object.assign(new Image(), { src: `${elsewhere}/x.png` })))
        await attempt('image of data', () =>
          loading(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' })),
        )
        await attempt('form', () => {
          const form = Object.assign(document.createElement('form'), { action: elsewhere, method: 'post' })
          document.body.append(form)
          form.submit()
        })
        const style = Object.assign(document.createElement('link'), {
          rel: 'stylesheet',
          href: `${elsewhere}/x.css`,
        })
        await attempt('style', () => loading(style))
        for (const name of ['iframe', 'object', 'embed', 'video']) {
          const element = document.createElement(name)
          await attempt(name, () => {
            element.setAttribute(name === 'object' ? 'data' : 'src', elsewhere)
            document.body.append(element)
          })
        }
        await new Promise(resolve => setTimeout(resolve, 300))
        return { blocked, seen: [...new Set(seen)].sort(), ran: 'ran' in window }
      }, elsewhere)
      expect(tried.ran).toBe(false)
      for (const name of [
        'fetch',
        'fetch of itself',
        'module',
        'eval',
        'timer of text',
        'innerHTML',
        'policy',
        'script text',
        'image',
        'image of data',
        'style',
      ]) {
        expect(tried.blocked).toContain(name)
      }
      for (const directive of [
        'connect-src',
        'form-action',
        'frame-src',
        'img-src',
        'media-src',
        'require-trusted-types-for',
        'script-src-elem',
        'style-src-elem',
        'trusted-types',
      ]) {
        expect(tried.seen).toContain(directive)
      }
      expect(asked).toBe(0)
    } finally {
      server.close()
    }
  })
})

test('5: the page goes nowhere, opens nothing, downloads nothing and is given nothing of the computer', async ({
  main,
  program: { app, page },
}) => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.end('elsewhere')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const ways: Readonly<Record<string, (elsewhere: string) => void>> = {
      'a new address': elsewhere => location.assign(elsewhere),
      'a link': elsewhere => Object.assign(document.createElement('a'), { href: elsewhere }).click(),
      'a link to a new window': elsewhere =>
        Object.assign(document.createElement('a'), { href: elsewhere, target: '_blank' }).click(),
      'a new window': elsewhere => void window.open(elsewhere),
      'a download': elsewhere =>
        Object.assign(document.createElement('a'), { href: elsewhere, download: 'x.txt' }).click(),
    }
    for (const [name, go] of Object.entries(ways)) {
      await page.evaluate(go, elsewhere)
      await expect(main.field, name).toBeVisible()
      const open = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map(one => one.webContents.getURL()),
      )
      expect(open, name).toEqual(['app://bundle/index.html'])
      // The stand-in closes a new window only after it has opened, and by then it has sent its request.
      if (!isStandIn() || !name.endsWith('new window')) expect(asked, name).toBe(0)
      asked = 0
    }
    const refused = await page.evaluate(async () => {
      const refused: string[] = []
      const attempt = async (name: string, work: () => Promise<unknown>) => {
        await work().catch((error: Error) => refused.push(`${name}: ${error.name}`))
      }
      await attempt('camera', () => navigator.mediaDevices.getUserMedia({ video: true }))
      await attempt('clipboard', () => navigator.clipboard.readText())
      await attempt(
        'place',
        () =>
          new Promise((resolve, reject) =>
            navigator.geolocation.getCurrentPosition(resolve, () => reject(new Error('denied'))),
          ),
      )
      return refused
    })
    expect(refused.map(one => one.split(':')[0])).toEqual(['camera', 'clipboard', 'place'])
  } finally {
    server.close()
  }
})

const HOSTILE = '<img src=x onerror="window.ran=1"><b>{{number}}'

/** The carrier's answer with hostile words wherever it has words. */
const answerWith = (app: ElectronApplication, words: string) =>
  app.evaluate(({ ipcMain }, words) => {
    const failure = {
      code: 'UNKNOWN_RESULT',
      carrier: { resultCode: words, statusCode: words, message: words },
    }
    ipcMain.removeHandler('bridge:lookUp')
    const lookup = {
      id: 1,
      profileId: '',
      account: { kind: 'line', id: '09012345678' },
      askedAt: Date.now(),
      repliedAt: Date.now(),
      durationMs: 1,
      agent: words,
      result: { ok: false, failure },
    }
    ipcMain.handle('bridge:lookUp', () => ({
      ok: true,
      value: { lookup, stored: false, savedAccount: null },
    }))
    ipcMain.removeHandler('bridge:rawReply')
    ipcMain.handle('bridge:rawReply', () => ({ ok: true, value: { kind: 'kept', text: words } }))
  }, words)

test('23: whatever the carrier, a label, a note or a template says is text, wherever it is shown', async ({
  ownMain: main,
  ownProgram: { app, page },
}) => {
  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()
  const kept = await page.evaluate(
    words =>
      window.bridge.saveAccount({
        account: { kind: 'line', id: '09012345678' },
        label: words,
        note: words,
        pinned: true,
      }),
    HOSTILE,
  )
  expect(kept.ok).toBe(true)
  await page.reload()
  await expect(main.savedAccount('09012345678')).toContainText('<img src=x')
  await answerWith(app, HOSTILE)

  // The answer's words in the card, the history and every kind of ticket, source and as pasted.
  await main.lookUp('090-1234-5678')
  await expect(main.failure.getByText(HOSTILE).first()).toBeVisible()
  await page.getByLabel('テンプレート', { exact: true }).selectOption('escalation')
  for (const preset of [
    'text',
    'zendesk',
    'jira-data-center',
    'redmine',
    'redmine-textile',
    'backlog-notation',
    'csv',
    'json',
  ]) {
    await page.getByLabel('貼り付け先').selectOption(preset)
    await expect(page.getByTestId('ticket-rendered').or(main.ticket)).toContainText('img')
    const source = page.getByRole('button', { name: 'コピーされる文字', exact: true })
    if (await source.isVisible()) {
      await source.click()
      await expect(main.ticket).toContainText('img')
      await page.getByRole('button', { name: '表示イメージ' }).click()
    }
  }
  await page.getByRole('button', { name: '履歴を表示' }).click()
  await page.getByTitle('回線提供元の回答（原文）').first().click()
  await expect(page.getByRole('cell').getByText(HOSTILE)).toBeVisible()
  await main.field.fill(HOSTILE)
  await main.field.press('Enter')
  await expect(main.failure.first()).toBeVisible()

  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  expect(await page.locator('img, script:not([src])').count()).toBe(0)
})
