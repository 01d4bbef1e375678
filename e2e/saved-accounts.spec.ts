import { expect, FIGURES, test } from './fixtures.ts'
import { MainWindow } from './screens/main-window.ts'

const LINE = '09012345678'

test('a starred line shows its last result after a restart with the carrier gone', async ({
  ownMain: main,
  ownProgram: program,
  launch,
  carrier,
}) => {
  await main.lookUp(LINE)
  await main.result.getByRole('button', { name: '回線を保存' }).click()
  await main.result.getByLabel('ラベル').fill('山田様')
  await main.result.getByLabel('ラベル').press('Enter')
  await expect(main.savedAccount(LINE)).toContainText('山田様')
  await expect(main.savedAccount(LINE)).toContainText('100 KB')
  await program.app.close()
  await carrier.stop()

  const again = new MainWindow((await launch()).page)
  await expect(again.savedAccount(LINE)).toContainText('山田様')
  await expect(again.savedAccount(LINE)).toContainText('100 KB')
  await expect(again.savedAccount(LINE)).toContainText(/秒前|分前|今/)
  await again.savedAccount(LINE).getByRole('button').first().click()
  await expect(again.result).toHaveAttribute('data-stored', 'true')
  await expect(again.result.getByText('前回の結果')).toBeVisible()
  await expect(again.result.getByRole('definition')).toHaveText(FIGURES)
  expect(carrier.requests).toHaveLength(1)
})

test.describe('with a carrier that takes its time', () => {
  test.use({ latency: 2_500 })

  test('five saved lines in quick succession are never two in flight: the last waits, the others are told', async ({
    main,
    carrier,
  }) => {
    const accounts = ['08011110001', '08011110002', '08011110003', '08011110004', '08011110005']
    await main.page.evaluate(async ids => {
      for (const id of ids)
        await window.bridge.saveAccount({ account: { kind: 'line', id }, label: '', note: '', pinned: false })
    }, accounts)
    await main.page.reload()
    await expect(main.savedAccounts).toHaveCount(5)

    const notices = await main.hearNotices()

    for (const account of accounts)
      await main.savedAccount(account).getByRole('button', { name: /^照会/ }).click()
    await expect(main.result).toHaveAttribute('data-account', '08011110005')
    for (const told of [
      '080-1111-0001 の結果は履歴に保存しました',
      '080-1111-0002 の照会は送信していません（あとの照会を優先）',
      '080-1111-0003 の照会は送信していません（あとの照会を優先）',
      '080-1111-0004 の照会は送信していません（あとの照会を優先）',
    ])
      await expect.poll(notices).toContain(told)
    await main.page.waitForTimeout(2_000) // cool-down and a second
    expect(carrier.requests.map(request => request.account)).toEqual(['08011110001', '08011110005'])
    expect(carrier.maxInFlight()).toBe(1)
  })
})

test('nothing moves when a line is starred', async ({ main, program: { page } }) => {
  for (const width of [480, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    await main.lookUp(LINE)
    await main.result.waitFor()
    const tops = () =>
      main.result.evaluate(panel => [...panel.children].map(part => part.getBoundingClientRect().top))
    await main.result.getByRole('button', { name: '回線を保存' }).waitFor()
    const before = await tops()
    await main.result.getByRole('button', { name: '回線を保存' }).click()
    await main.result.getByLabel('ラベル').waitFor()
    expect(await tops(), `${width}`).toEqual(before)
    await main.result.getByRole('button', { name: '保存を解除' }).click()
    await expect(main.result.getByLabel('ラベル')).toBeHidden()
  }
})

test('a line that is kept no more is gone, its history is not', async ({ main }) => {
  await main.lookUp(LINE)
  await main.result.getByRole('button', { name: '回線を保存' }).click()
  await expect(main.savedAccounts).toHaveCount(1)
  await main.result.getByRole('button', { name: '保存を解除' }).click()
  await expect(main.savedAccounts).toHaveCount(0)
  expect((await main.stored(LINE)).lookup?.result.ok).toBe(true)
})
