import type { Diagnosis } from '../../contract/diagnosis.ts'
import type { Language } from '../../domain/language.ts'
import { ok } from '../../domain/result.ts'
import type { Clock } from '../clock.ts'
import type { Finding } from '../doctor/finding.ts'
import { supportBundle } from '../doctor/support-bundle.ts'
import { healthWord, said } from '../doctor/words.ts'
import type { SaveFile } from '../files/save-file.ts'
import type { AppStateReader } from '../profiles/app-state.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Handlers } from '../shell/ipc-guard.ts'

/** What helps where something does not work: a diagnosis, and a text for whoever helps. */
export function supportHandlers({
  diagnose,
  profiles,
  appState,
  language,
  clock,
  logLines,
  saveFile,
}: {
  readonly diagnose: () => Promise<readonly Finding[]>
  readonly profiles: Pick<Profiles, 'current'>
  readonly appState: Pick<AppStateReader, 'state'>
  readonly language: () => Language
  readonly clock: Pick<Clock, 'now'>
  readonly logLines: () => Promise<readonly string[]>
  readonly saveFile: SaveFile
}) {
  /** What was found last, and for which profile. */
  let found: { readonly profileId: string | undefined; readonly findings: readonly Finding[] } | null = null
  /** What the agent was shown: that, and nothing else, is saved. */
  let shown: string | null = null

  return {
    async diagnose() {
      const profileId = profiles.current()?.id
      const findings = await diagnose()
      found = { profileId, findings }
      const { platform } = appState.state()
      const spoken = findings.map(finding => ({
        health: finding.health,
        ...said(finding, language(), platform),
      }))
      const lines = spoken.map(
        ({ health, title, text }) => `${healthWord(health, language())}  ${title}: ${text}`,
      )
      return ok<Diagnosis>({ findings: spoken, text: `${lines.join('\n')}\n` })
    },
    async supportBundle() {
      const { version, platform, settings, policy, store } = appState.state()
      shown = supportBundle({
        at: clock.now(),
        version,
        platform,
        language: language(),
        profile: profiles.current(),
        settings,
        policy,
        store,
        findings: found?.profileId === profiles.current()?.id ? (found?.findings ?? null) : null,
        log: await logLines(),
      })
      return ok(shown)
    },
    async saveSupportBundle() {
      const text = shown
      if (text === null) return ok(null)
      return saveFile({ name: 'traffic-desk-support.txt', extensions: ['txt'], text: () => [text] })
    },
  } satisfies Partial<Handlers>
}
