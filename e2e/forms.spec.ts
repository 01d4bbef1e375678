import { expect, test } from './fixtures.ts'
import { Settings } from './screens/settings.ts'

test('every field of the profile says its own error under itself, and nothing of it is saved', async ({
  main,
  program: { page },
}) => {
  const settings = new Settings(page)
  await settings.open()
  const { sheet } = settings
  const save = () => sheet.getByRole('button', { name: '保存', exact: true }).click()
  await sheet.getByLabel('プロキシ', { exact: true }).selectOption('manual')
  for (const [typed, words] of [
    ['http://user:pass@proxy.example.jp:8080', 'ユーザー名とパスワードは指定できません'],
    ['http://proxy.example.jp:8080/path', 'パスは使用できません'],
    ['http://wpad.example.jp/proxy.pac', 'PACファイルのURLは指定できません'],
    ['proxy.example.jp:8080', 'http:// または https:// から入力してください'],
    ['socks5://proxy.example.jp:1080', 'http または https のプロキシだけ'],
    ['http://proxy.example.jp:80800', 'ホスト名またはポート番号が正しくありません'],
    ['', '入力してください'],
  ] as const) {
    const field = sheet.getByLabel('プロキシのURL')
    await field.fill(typed)
    await save()
    await expect(sheet.getByRole('alert')).toContainText(words)
    await expect(field).toBeFocused()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(sheet.getByText('保存しました')).toBeHidden()
  }
  await sheet.getByLabel('プロキシ', { exact: true }).selectOption('none')

  for (const [label, typed, words] of [
    ['名称', '', '入力してください'],
    ['接続先', 'carrier.example.jp', 'https:// で始まる'],
    ['接続先', 'https://user:pass@carrier.example.jp', 'ユーザー名とパスワードは指定できません'],
    ['照会の間隔（秒）', '0', '1 から 60 までの整数'],
    ['1時間あたりの照会回数', '１２１', '1 から 120 までの整数'],
    ['応答を待つ時間（秒）', 'abc', '5 から 60 までの整数'],
    ['1日の制限の目安（MB）', '-1', '0.1 から 900000 までの数'],
    ['追加のCAファイル', '/no/such/file.pem', '証明書が含まれていません'],
  ] as const) {
    const field = sheet.getByLabel(label)
    const before = await field.inputValue()
    await field.fill(typed)
    await save()
    await expect(sheet.getByRole('alert'), label).toContainText(words)
    await field.fill(before)
  }
  const { profile } = await main.stored('09012345678')
  expect(profile).toMatchObject({ name: 'Operator', proxy: { kind: 'system' }, caFile: null })

  const days = sheet.getByLabel('履歴の保存日数')
  await days.fill('9999')
  await days.blur()
  await expect(sheet.getByRole('alert').filter({ hasText: '0 から 3650' })).toBeVisible()
})

test('a profile’s field is saved as it is left, with a mark; what leads elsewhere waits for the button', async ({
  main,
  program: { page },
}) => {
  const settings = new Settings(page)
  await settings.open()
  const { sheet } = settings
  const kept = async () => (await main.stored('09012345678')).profile
  const save = sheet.getByRole('button', { name: '保存', exact: true })
  await expect(save).toBeHidden()

  await sheet.getByLabel('名称').fill('本番')
  await sheet.getByLabel('名称').press('Tab')
  await expect(sheet.getByText('保存しました')).toBeVisible()
  await expect(page.getByRole('banner').getByRole('combobox')).toHaveText(/本番/)

  const interval = sheet.getByLabel('照会の間隔（秒）')
  await interval.fill('0')
  await interval.blur()
  await expect(sheet.getByRole('alert')).toContainText('1 から 60 までの整数')
  await sheet.getByLabel('単位', { exact: true }).selectOption('1000')
  await expect.poll(async () => (await kept()).kbBase).toBe(1000)
  expect((await kept()).cooldownSeconds).toBe(1)
  await interval.fill('３')
  await interval.press('Enter')
  await expect(sheet.getByRole('alert')).toBeHidden()
  await expect.poll(async () => (await kept()).cooldownSeconds).toBe(3)

  // A form for a key stands among the profile's fields, and is none of them.
  const profile = await kept()
  await settings.keyField.fill('KEY-2')
  await settings.keyField.blur()
  await settings.saveAuthKey('KEY-2')
  expect(await kept()).toEqual(profile)

  const before = (await kept()).carrier
  await sheet.getByLabel('接続先').fill('https://other.example.jp')
  await expect(save).toBeVisible()
  await sheet.getByLabel('制限が解除される条件').fill('翌日の正午')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect.poll(async () => (await kept()).liftedWhen).toBe('翌日の正午')
  expect((await kept()).carrier).toEqual(before)
})
