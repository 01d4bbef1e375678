import { type PolicyKey, type PolicyKind, policyKeyNames, policyKeys } from '../../src/main/policy/keys.ts'
import { policyWords } from './words.ts'

/**
 * The templates that Windows' Group Policy editor reads.
 * https://learn.microsoft.com/previous-versions/windows/desktop/policy/group-policy-admx-syntax-reference-guide
 */

const KEY = 'Software\\Policies\\Traffic Desk'

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, mark => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark)

const kindOf = (key: PolicyKey): PolicyKind => policyKeys[key]

const elementOf = (key: PolicyKey): string => {
  const kind = kindOf(key)
  const named = `id="${key}" valueName="${key}" required="true"`
  switch (kind.kind) {
    case 'flag':
      return ''
    case 'number':
      return `<decimal ${named} minValue="${kind.min}" maxValue="${kind.max}" />`
    case 'text':
      return `<text ${named} maxLength="${kind.longest}" />`
    case 'choice': {
      const items = kind.choices.map(
        choice =>
          `<item displayName="$(string.${key}_${choice})"><value><string>${choice}</string></value></item>`,
      )
      return `<enum ${named}>${items.join('')}</enum>`
    }
    default:
      return `<multiText ${named} maxStrings="0" maxLength="16383" />`
  }
}

function policyOf(key: PolicyKey): readonly string[] {
  const isFlag = kindOf(key).kind === 'flag'
  const attributes = [
    `name="${key}" class="Both" displayName="$(string.${key})" explainText="$(string.${key}_Explain)"`,
    `key="${KEY}"`,
    isFlag ? `valueName="${key}"` : `presentation="$(presentation.${key})"`,
  ]
  return [
    `    <policy ${attributes.join(' ')}>`,
    '      <parentCategory ref="TrafficDesk" />',
    '      <supportedOn ref="Supported" />',
    ...(isFlag
      ? [
          '      <enabledValue><decimal value="1" /></enabledValue>',
          '      <disabledValue><decimal value="0" /></disabledValue>',
        ]
      : [`      <elements>${elementOf(key)}</elements>`]),
    '    </policy>',
  ]
}

export const admx = (): string =>
  lines([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<policyDefinitions xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">',
    '  <policyNamespaces>',
    '    <target prefix="trafficdesk" namespace="TrafficDesk.Policies" />',
    '  </policyNamespaces>',
    '  <resources minRequiredRevision="1.0" />',
    '  <supportedOn>',
    '    <definitions><definition name="Supported" displayName="$(string.Supported)" /></definitions>',
    '  </supportedOn>',
    '  <categories><category name="TrafficDesk" displayName="$(string.Category)" /></categories>',
    '  <policies>',
    ...policyKeyNames.flatMap(policyOf),
    '  </policies>',
    '</policyDefinitions>',
  ])

function presentationOf(key: PolicyKey, title: string): readonly string[] {
  const kind = kindOf(key)
  const boxes = {
    number: () =>
      `<decimalTextBox refId="${key}" defaultValue="${String(policyWords[key].example)}">${title}</decimalTextBox>`,
    text: () => `<textBox refId="${key}"><label>${title}</label></textBox>`,
    choice: () => `<dropdownList refId="${key}" defaultItem="0">${title}</dropdownList>`,
    list: () => `<multiTextBox refId="${key}">${title}</multiTextBox>`,
    json: () => `<multiTextBox refId="${key}">${title}</multiTextBox>`,
  }
  return kind.kind === 'flag' ? [] : [`      <presentation id="${key}">${boxes[kind.kind]()}</presentation>`]
}

export function adml(language: 'ja' | 'en'): string {
  const string = (id: string, text: string) => `      <string id="${id}">${escaped(text)}</string>`
  return lines([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<policyDefinitionResources xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">',
    '  <displayName>Traffic Desk</displayName>',
    '  <description>Traffic Desk</description>',
    '  <resources>',
    '    <stringTable>',
    string('Category', 'Traffic Desk'),
    string('Supported', 'Windows 10 / 11'),
    ...policyKeyNames.flatMap(key => {
      const { title, explain } = policyWords[key][language]
      const kind = kindOf(key)
      return [
        string(key, title),
        string(`${key}_Explain`, explain),
        ...(kind.kind === 'choice'
          ? kind.choices.map(choice => string(`${key}_${choice}`, choiceWords[choice]?.[language] ?? choice))
          : []),
      ]
    }),
    '    </stringTable>',
    '    <presentationTable>',
    ...policyKeyNames.flatMap(key => presentationOf(key, escaped(policyWords[key][language].title))),
    '    </presentationTable>',
    '  </resources>',
    '</policyDefinitionResources>',
  ])
}

const choiceWords: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {
  ja: { ja: '日本語', en: 'Japanese' },
  en: { ja: '英語', en: 'English' },
}

// Group Policy's own files have Windows' line ends, and git keeps ours as they are in the repository.
const lines = (all: readonly string[]): string => `${all.join('\n')}\n`
