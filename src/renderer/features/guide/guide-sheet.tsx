import { useEffect, useRef } from 'react'
import { type CommandInfo, commandIds, commands, shortcutText } from '../../../contract/commands.ts'
import { failureCodes } from '../../../domain/failure.ts'
import type { Language } from '../../../domain/language.ts'
import { words } from '../../../domain/words/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './guide.module.css'
import { en } from './guide-en.ts'
import { ja } from './guide-ja.ts'
import { type GuideWords, topics } from './guide-words.ts'

const guides: Readonly<Record<Language, GuideWords>> = { ja, en }

/** How the program is used, inside of it and without a network; it opens where the agent is. */
export default function GuideSheet() {
  const { t } = useTranslation()
  const anchor = useStore(state => state.guide)
  const openGuide = useStore(state => state.openGuide)
  const page = useRef<HTMLDivElement>(null)
  // After the sheet has put the focus on its first field.
  useEffect(() => {
    if (anchor !== null) goTo(page.current, anchor)
  }, [anchor])
  return (
    <Sheet title={t('guide.title')} closeLabel={t('settings.close')} onClose={() => openGuide(null)}>
      <div className={css['guide']}>
        <GuideList go={id => goTo(page.current, id)} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: It scrolls, and the keyboard must be able to. */}
        <div ref={page} className={css['page']} tabIndex={0}>
          <GuidePage />
        </div>
      </div>
    </Sheet>
  )
}

function goTo(page: HTMLElement | null, id: string): void {
  const place = page?.querySelector<HTMLElement>(`#${CSS.escape(id)}`)
  place?.scrollIntoView({ block: 'start' })
  place?.focus({ preventScroll: true })
}

function GuideList({ go }: { readonly go: (id: string) => void }) {
  const { t } = useTranslation()
  const guide = guides[useStore(state => state.app.language)]
  return (
    <nav aria-label={t('guide.title')}>
      <ul>
        {topics.map(topic => (
          <li key={topic}>
            <button type="button" onClick={() => go(topic)}>
              {guide.topics[topic].title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** All of the guide: a heading that can be gone to for each topic, each failure and each command. */
export function GuidePage() {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const platform = useStore(state => state.app.platform)
  const guide = guides[language]
  return topics.map(topic => (
    <section key={topic} aria-labelledby={topic}>
      <h3 id={topic} tabIndex={-1}>
        {guide.topics[topic].title}
      </h3>
      {guide.topics[topic].paragraphs.map(paragraph => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {topic === 'failures' &&
        failureCodes.map(code => (
          <article key={code}>
            <h4 id={`failure-${code}`} tabIndex={-1}>
              {t(`failures.${code}`)}
            </h4>
            <p>{t(`failure.${code}.cause`)}</p>
            <p>
              {guide.remedy}
              {t(`failure.${code}.remedy`)}
            </p>
          </article>
        ))}
      {topic === 'commands' &&
        commandIds.map(id => {
          const { shortcut }: CommandInfo = commands[id]
          return (
            <article key={id}>
              <h4 id={`command-${id}`} tabIndex={-1}>
                {words[language].commands[id]} {shortcut && <kbd>{shortcutText(shortcut, platform)}</kbd>}
              </h4>
              <p>{guide.commands[id]}</p>
            </article>
          )
        })}
    </section>
  ))
}
