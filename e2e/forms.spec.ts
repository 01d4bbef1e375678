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
