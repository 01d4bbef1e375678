import type { PolicyKey } from '../../src/main/policy/keys.ts'

export interface PolicyWords {
  readonly title: string
  readonly explain: string
}

const profile = {
  id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  name: 'Operator',
  host: 'https://carrier.example.jp',
  credential: { kind: 'oem', oemId: 'OEM-ID', renewAfterMinutes: null, signInsPerHour: 6 },
  limitKb: 1_048_576,
  budgetPerHour: 60,
}

/** What an administrator reads about each key, and a value as it may stand there. */
export const policyWords: Readonly<
  Record<PolicyKey, { readonly ja: PolicyWords; readonly en: PolicyWords; readonly example: unknown }>
> = {
  Profiles: {
    ja: {
      title: '配布するプロファイル',
      explain:
        '接続先・プロキシ・CAファイル・照会の制限・チームサーバー・規制の基準・案内の文面を含むプロファイルの一覧（JSON）。id は変更しないでください。担当者は変更できません。キーやパスワードは書けません。',
    },
    en: {
      title: 'Profiles',
      explain:
        'The operators’ profiles as a JSON list: host, proxy, CA file, limits of the gate, team server, the operator’s rules and messages. Never change an id. Agents can’t change them. No key or password may stand here.',
    },
    example: [profile],
  },
  AllowOwnProfiles: {
    ja: {
      title: '担当者のプロファイル作成を許可する',
      explain: '無効にすると、配布したプロファイルだけを利用できます。',
    },
    en: {
      title: 'Agents may make profiles',
      explain: 'Disabled: only the profiles given here are shown and asked.',
    },
    example: false,
  },
  AllowedHosts: {
    ja: {
      title: '照会を許可する接続先',
      explain:
        '1行に1件、ホスト名または https:// から始まるアドレスを書きます。ほかの接続先には照会しません。',
    },
    en: {
      title: 'Hosts that may be asked',
      explain: 'One a line, by name or by address (https://…). No other carrier is ever asked.',
    },
    example: ['carrier.example.jp'],
  },
  AllowExport: {
    ja: {
      title: 'ファイルへの書き出しを許可する',
      explain:
        '照会履歴・保存した回線・設定の書き出しと、セットアップファイルの作成です。チケットへのコピーには影響しません。',
    },
    en: {
      title: 'Export to files',
      explain: 'Lookups, saved lines, settings and setup files. Copies for tickets are not touched by it.',
    },
    example: false,
  },
  AllowDemo: {
    ja: { title: 'デモを許可する', explain: '無効にすると、内蔵のシミュレーターを使うデモを表示しません。' },
    en: { title: 'Demo', explain: 'Disabled: the demo with its built-in simulator is not offered.' },
    example: false,
  },
  AllowLinks: {
    ja: {
      title: 'trafficdesk: リンクを許可する',
      explain: '無効にすると、リンクから番号を入力できません。リンクから照会が始まることはありません。',
    },
    en: {
      title: 'trafficdesk: links',
      explain: 'Disabled: links fill in no number. A link never looks anything up by itself.',
    },
    example: true,
  },
  PrivateCopies: {
    ja: {
      title: 'コピーをクリップボード履歴に残さない',
      explain: 'Windows のクリップボード履歴とクラウド同期から除外します。',
    },
    en: {
      title: 'Keep copies out of the clipboard history',
      explain: 'Out of Windows’ clipboard history and its cloud.',
    },
    example: true,
  },
  MaxRetentionDays: {
    ja: {
      title: '照会履歴の保存日数の上限',
      explain: 'これより古い照会履歴はバックアップからも削除されます。0 は履歴を残しません。',
    },
    en: {
      title: 'Longest retention of lookups, in days',
      explain: 'Older lookups are deleted, from the backups too. 0 keeps none.',
    },
    example: 30,
  },
  Language: {
    ja: { title: '画面の言語', explain: '設定すると、担当者は変更できません。' },
    en: { title: 'Language of the screen', explain: 'Agents can’t change it then.' },
    example: 'ja',
  },
  UpdateCheckUrl: {
    ja: {
      title: '更新の確認先',
      explain:
        'latest.json の https アドレス。1日1回だけ取得し、新しい版があれば画面で知らせます。自動では更新しません。未設定の場合は確認しません。',
    },
    en: {
      title: 'Where updates are announced',
      explain:
        'The https address of a latest.json. It is read once a day, and a newer version is announced on the screen. Nothing is installed by itself. Not set: nobody is asked.',
    },
    example: 'https://intranet.example.jp/traffic-desk/latest.json',
  },
  SupportContact: {
    ja: { title: '問い合わせ先', explain: 'エラーや更新の案内に表示されます（1行、200文字まで）。' },
    en: {
      title: 'Whom to ask for help',
      explain: 'Shown with failures and updates (one line, 200 characters).',
    },
    example: '情報システム部 内線 1234',
  },
  TicketTemplates: {
    ja: {
      title: '配布するチケットテンプレート',
      explain: 'id・name・text の一覧（JSON）。担当者のテンプレートより前に表示され、変更できません。',
    },
    en: {
      title: 'Ticket templates',
      explain: 'A JSON list of id, name and text. They stand before the agents’ own, and can’t be changed.',
    },
    example: [{ id: '7f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: '社内様式', text: '{{number}} {{today}}' }],
  },
  Defaults: {
    ja: {
      title: '設定の初期値',
      explain: '担当者が変更するまで使われる設定（JSON）。例：テーマ、番号を隠すまでの時間。',
    },
    en: {
      title: 'Defaults of settings',
      explain: 'A JSON object of settings that hold until an agent chooses otherwise, such as the theme.',
    },
    example: { theme: 'system', hideAfterMinutes: 5, retentionDays: 30 },
  },
}
