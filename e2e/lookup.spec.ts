import { coolDownAndASecond, expect, FIGURES, test } from './fixtures.ts'

const LINE = '09012345678'
const GROUP = 'AAA0_00000000001'

test('a line shows its figures, its bars and the blacklist state, from one query', async ({
  main,
  carrier,
}) => {
  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()

  await expect(main.result.getByRole('heading', { name: '090-1234-5678' })).toBeVisible()
  await expect(main.result.getByText('ブラックリスト登録あり')).toBeVisible()
  const figures = main.result.getByRole('definition')
  await expect(figures).toHaveText(FIGURES)

  const bars = await main.bars()
  expect(bars.map(bar => bar.replace(/^\S+ /, ''))).toEqual(['300 KB', '200 KB', '100 KB', '100 KB (集計中)'])

  await coolDownAndASecond(main.page)
  expect(carrier.requests.map(request => request.account)).toEqual([LINE])
})

test('the bars under the pointer are the ones drawn', async ({ main }) => {
  await main.lookUp(LINE)
  await expect(main.chart).toBeVisible()
  const box = await main.chart.boundingBox()
  if (box === null) throw new Error('the chart has no place on the screen')
  const seen = new Set<string>()
  for (let x = 80; x < box.width - 10; x += 20) {
    await main.page.mouse.move(box.x + x, box.y + box.height * 0.6)
    const text = await main.readout.textContent()
    if (text) seen.add(text.replace(/^\S+ /, ''))
  }
  expect([...seen]).toEqual(['300 KB', '200 KB', '100 KB', '100 KB (集計中)'])
})

test('a share group has figures, no chart, and the screen says why', async ({ main, carrier }) => {
  await main.lookUp(GROUP)
  await expect(main.result.getByRole('definition')).toHaveText(['100 KB'])
  await expect(main.page.getByRole('note')).toHaveText(
    'シェアグループには日別の値がないため、グラフはありません。',
  )
  await expect(main.chart).toBeHidden()
  expect(carrier.requests).toHaveLength(1)
})

for (const [account, code, answer] of [
  ['09000000201', 'ACCOUNT_REFUSED', '201 Bad Request'],
  ['09000000204', 'PARAMETER_REFUSED', '204 Bad Request'],
  ['09000000210', 'ACCOUNT_NOT_FOUND', '210 NG'],
  ['09000000211', 'ACCOUNT_STATUS', '211 NG'],
  ['09000000240', 'NUMBER_REFUSED', '240 NG'],
  ['AAA0_00000000323', 'GROUP_NOT_FOUND', '323 Not Found'],
] as const) {
  test(`${code}: a card names the account and what the carrier said`, async ({ main, carrier }) => {
    await main.lookUp(account)
    await expect(main.failure).toHaveAttribute('data-code', code)
    await expect(main.failure).toHaveAttribute('data-account', account)
    await expect(main.failure.getByText(answer)).toBeVisible()
    await expect(main.result).toBeHidden()
    await expect(main.ticket).toContainText(answer.slice(0, 3))
    await coolDownAndASecond(main.page)
    expect(carrier.requests).toHaveLength(1)
  })
}

test('KEY_REJECTED: the gate closes, nothing more is sent, and a new key opens it', async ({
  program,
  main,
  carrier,
}) => {
  await program.page.evaluate(() => window.bridge.saveAuthKey({ authKey: 'WRONG-KEY', forThisRun: false }))
  await main.lookUp(LINE)
  await expect(main.failure).toHaveAttribute('data-code', 'KEY_REJECTED')
  await main.lookUp('080-1111-2222')
  await expect(main.failure).toHaveAttribute('data-code', 'GATE_CLOSED')
  await coolDownAndASecond(main.page)
  expect(carrier.requests).toHaveLength(1)

  await program.page.evaluate(
    key => window.bridge.saveAuthKey({ authKey: key, forThisRun: false }),
    'E2E-AUTH-KEY-7f3a',
  )
  await main.lookUp(LINE)
  await expect(main.result).toBeVisible()
  expect(carrier.requests).toHaveLength(2)
})

test('UNREACHABLE: a stopped carrier is told from a failing one, and the input is kept', async ({
  main,
  carrier,
}) => {
  await carrier.stop()
  await main.lookUp(LINE)
  await expect(main.failure).toHaveAttribute('data-code', 'UNREACHABLE')
  await expect(main.field).toHaveValue('090-1234-5678')
})

test('what is no account is a question, and nothing is sent', async ({ main, carrier }) => {
  await main.lookUp('03-1234-5678')
  await expect(main.failure).toContainText('固定電話')
  await main.lookUp('090-1234-5678 か 080-1111-2222 です')
  await expect(main.failure.getByRole('button')).toHaveText(['090-1234-5678', '080-1111-2222'])
  expect(carrier.requests).toHaveLength(0)

  await main.failure.getByRole('button', { name: '080-1111-2222' }).click()
  await expect(main.result).toHaveAttribute('data-account', '08011112222')
  await coolDownAndASecond(main.page)
  expect(carrier.requests.map(request => request.account)).toEqual(['08011112222'])
})

test.describe('with a carrier that takes its time', () => {
  test.use({ latency: 700 })

  test('Enter twice and ten fast clicks make one request', async ({ main, carrier }) => {
    await main.field.fill(LINE)
    await main.field.press('Enter')
    await main.field.press('Enter')
    for (let click = 0; click < 10; click++) await main.submit.click({ delay: 0 })
    await expect(main.result).toBeVisible()
    await coolDownAndASecond(main.page)
    expect(carrier.requests).toHaveLength(1)
  })

  test('A is set apart while B waits, and gone after B failed', async ({ main, carrier }) => {
    await main.lookUp(LINE)
    await expect(main.result).toHaveAttribute('data-account', LINE)

    await main.lookUp('09000000210')
    await expect(main.result).toBeHidden()
    await expect(main.ticket).toBeHidden()
    await expect(main.page.getByTestId('before')).toContainText('090-1234-5678')
    await expect(main.gate).toContainText('090-0000-0210')

    await expect(main.failure).toHaveAttribute('data-account', '09000000210')
    await expect(main.result).toBeHidden()
    await expect(main.ticket).toContainText('090-0000-0210')
    await expect(main.ticket).not.toContainText(/090-?1234-?5678|KB/)
    expect(carrier.maxInFlight()).toBe(1)
  })

  test('Esc while the carrier is asked frees the screen, and nothing is asked again', async ({
    main,
    carrier,
  }) => {
    await main.lookUp(LINE)
    await expect(main.gate).toContainText('照会しています')
    await expect.poll(() => carrier.requests.length).toBe(1)
    await main.page.keyboard.press('Escape')
    await expect(main.notices).toContainText('090-1234-5678 の照会をキャンセルしました')
    await coolDownAndASecond(main.page)
    expect(carrier.requests).toHaveLength(1)
  })
})

test('during the cool-down the form counts down, and the waiting request can be called off', async ({
  main,
  carrier,
}) => {
  await main.lookUp(LINE)
  await expect(main.result).toBeVisible()
  await main.lookUp('080-1111-2222')
  await expect(main.gate).toContainText('080-1111-2222 の照会を待機中')
  await expect(main.gate).toContainText('次の照会まであと 1 秒')
  await main.page.keyboard.press('Escape')
  await expect(main.notices).toContainText('080-1111-2222 の照会をキャンセルしました')
  await expect(main.result).toHaveAttribute('data-account', LINE)
  await coolDownAndASecond(main.page)
  expect(carrier.requests).toHaveLength(1)

  await main.lookUp('080-1111-2222')
  await expect(main.result).toHaveAttribute('data-account', '08011112222')
  expect(carrier.requests).toHaveLength(2)
})

test('an answer of the last minute is offered before the carrier is asked again', async ({
  main,
  carrier,
}) => {
  await main.lookUp(LINE)
  await expect(main.result).toHaveAttribute('data-stored', 'false')
  await main.lookUp(LINE)
  await expect(main.result).toHaveAttribute('data-stored', 'true')
  expect(carrier.requests).toHaveLength(1)
  await main.result.getByRole('button', { name: 'もう一度照会する' }).click()
  await expect(main.result).toHaveAttribute('data-stored', 'false')
  expect(carrier.requests).toHaveLength(2)
})

test('a number that is cut off at a line’s end is a question with its count, and a spreadsheet’s lost 0 a chip', async ({
  main,
  carrier,
}) => {
  await main.lookUp('TEL 090-1234-567\n8月から遅い')
  await expect(main.failure).toContainText('10桁です。1桁足りません。')
  await expect(main.failure.getByRole('button')).toHaveCount(0)
  await main.field.fill('090-1234-5')
  await expect(main.page.getByText('8/11 桁')).toBeVisible()
  expect(carrier.requests).toHaveLength(0)

  await main.lookUp('9012345678')
  await main.failure.getByRole('button', { name: '090-1234-5678' }).click()
  await expect(main.result).toHaveAttribute('data-account', '09012345678')
  expect(carrier.requests).toHaveLength(1)
})
