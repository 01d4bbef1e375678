import type { FailureCode } from '../failure.ts'

/** What the main process, tickets and the page all say. What the page alone shows is in its own words. */
export const ja = {
  /** What happened, in a few words. */
  failures: {
    ACCOUNT_REFUSED: '番号が受け付けられませんでした',
    PARAMETER_REFUSED: 'リクエストが受け付けられませんでした',
    KEY_REJECTED: '認証キーが拒否されました',
    GROUP_NOT_FOUND: 'シェアグループが見つかりません',
    ACCOUNT_NOT_FOUND: '回線が見つかりません',
    ACCOUNT_STATUS: 'この回線は照会できない状態です',
    NUMBER_REFUSED: 'この番号は照会できません',
    UNKNOWN_RESULT: '不明な結果コードです',
    KEY_MISSING: '認証キーがありません',
    KEYCHAIN_UNAVAILABLE: 'キーチェーンを利用できません',
    KEYCHAIN_TIMEOUT: 'キーチェーンから応答がありません',
    KEYCHAIN_LOCKED: 'キーチェーンがロックされています',
    KEYCHAIN_DENIED: 'キーチェーンへのアクセスが拒否されました',
    KEYCHAIN_FULL: 'キーチェーンに空きがありません',
    KEY_NOT_SAVED: '認証キーを保存できませんでした',
    KEY_MALFORMED: '認証キーの形式が正しくありません',
    OFFLINE: 'ネットワークに接続できません',
    UNREACHABLE: '通信事業者に接続できません',
    TIMEOUT: '時間内に回答がありませんでした',
    TLS: '安全な接続を確立できません',
    PROXY: 'プロキシを利用できません',
    SERVER: '通信事業者側でエラーが発生しました',
    RATE_LIMITED: '通信事業者が照会を制限しています',
    REDIRECT: '接続先が別の場所を案内しました',
    TOO_LARGE: '回答が大きすぎます',
    HOST_REFUSED: 'この接続先には送信できません',
    BAD_REPLY: '回答を読み取れませんでした',
    GATE_CLOSED: '現在は照会できません',
    BUDGET_SPENT: '1時間の照会上限に達しました',
    SUPERSEDED: '照会は送信されませんでした',
    CANCELLED: '照会を取り消しました',
    STORE_READ_ONLY: '保存できませんでした',
    STORE_RESTORED: 'データを復元しました',
    CLIPBOARD_BUSY: 'コピーできませんでした',
    IPC_REFUSED: '操作を受け付けられませんでした',
    INTERNAL: 'プログラム内部でエラーが発生しました',
    LINE_EXISTS: 'すでに保存されています',
    FILE_NOT_WRITTEN: 'ファイルに書き込めませんでした',
    FILE_UNREADABLE: 'ファイルを読み取れませんでした',
    KEYCHAIN_MODULE: 'キーチェーンの部品が見つかりません',
    KEYCHAIN_OFF: 'キーチェーンの利用を止めています',
    KEY_GONE: '認証キーがキーチェーンから消えています',
    BACKUP_FAILED: '本日のバックアップを作成できませんでした',
    CA_FILE: 'CAファイルを読み取れません',
  } satisfies Readonly<Record<FailureCode, string>>,
  commands: {
    'focus-lookup': '照会先を入力',
    'look-up-again': 'もう一度照会',
    'copy-ticket': 'チケット用にコピー',
    'copy-sentence': 'お客様への案内文をコピー',
    'copy-chart': 'グラフを画像でコピー',
    'copy-with-chart': 'グラフ付きでコピー（メール用）',
    star: '回線を保存／解除',
    'find-line': '保存した回線を検索',
    'add-line': '回線を追加…',
    'import-lines': '回線をCSVから読み込む…',
    'export-lines': '回線をCSVに書き出す…',
    'export-history': 'この回線の履歴を書き出す…',
    'export-shift': '自分の照会を書き出す（直近12時間、番号は伏せ字）…',
    'edit-templates': 'チケットのテンプレート…',
    'open-settings': '設定…',
    palette: 'コマンドパレット',
    'hide-numbers': '番号を隠す／表示',
    'toggle-ticket': 'チケット欄の表示／非表示',
    shortcuts: 'キーボードショートカット',
  },
  menus: {
    file: 'ファイル',
    edit: '編集',
    lookup: '照会',
    view: '表示',
    window: 'ウィンドウ',
    help: 'ヘルプ',
  },
  dialogs: {
    network: {
      message: (profile: string) => `「${profile}」の通信経路を変更しますか？`,
      detail: (proxy: string, caFile: string) =>
        `プロキシ: ${proxy}\n追加のCAファイル: ${caFile}\n\n認証キーと照会内容が、この経路を通ります。心当たりがない場合は変更しないでください。`,
      change: '変更する',
      keep: '変更しない',
      none: 'なし',
      system: 'OSの設定',
    },
    crash: {
      message: '画面が続けて停止しました。',
      detail: '保存した内容は失われていません。再起動しても続く場合は、管理者に連絡してください。',
      reload: '画面を開き直す',
      quit: '終了',
    },
    uncaught: {
      message: '予期しない問題が起きたため、終了します。',
      detail: '保存した内容は失われていません。もう一度起動してください。',
    },
    refusedSwitch: (name: string) =>
      `「--${name}」を付けて起動することはできません。付けずに起動してください。`,
  },
} as const

type Said<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Key in keyof T]: Said<T[Key]> }

/** The same in every language: a text that is missing in one does not compile. */
export type Words = Said<typeof ja>
