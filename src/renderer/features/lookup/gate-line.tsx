import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { clockTime, waitOf } from '../../ui/format.ts'
import { teamParts } from '../../ui/team-parts.ts'
import { useNow } from '../../ui/use-now.ts'
import css from './lookup.module.css'

/** Why the next query can't go out yet, and when it can. */
export function GateLine() {
  const { t } = useTranslation()
  const { state, heardAt } = useStore(({ gate }) => gate)
  const monotonic = useStore(({ clock }) => clock.monotonic)
  const tryKeyAgain = useStore(({ tryKeyAgain }) => tryKeyAgain)
  const number = useNumber()
  const { inFlight, step, waiting, closed } = state
  // Where nothing is counted down, nothing is drawn four times a second all day.
  const isCounting = closed?.opensInMs != null || state.team !== undefined
  const now = useNow(isCounting ? 250 : 60_000)
  const remaining = closed?.opensInMs == null ? null : closed.opensInMs - (monotonic() - heardAt)
  const wait = waitOf(remaining ?? 0)
  const parts: string[] = []
  if (inFlight) {
    const reason = step === null || step === 'carrier' ? 'asking' : step
    parts.push(t(`lookup.reason.${reason}`, { account: number(inFlight) }))
  } else if (step !== null) parts.push(t('lookup.reason.signing-in-alone'))
  if (waiting) parts.push(t('lookup.reason.waiting', { account: number(waiting) }))
  if (closed?.reason === 'key-rejected' || closed?.reason === 'sign-in-refused')
    parts.push(t(`lookup.reason.${closed.reason}`))
  else if (closed?.reason === 'in-flight') parts.push(t('lookup.reason.in-flight'))
  else if (closed && remaining !== null && remaining > 0) {
    const time = t(`duration.${wait.unit}`, { count: wait.count })
    parts.push(
      closed.reason === 'cool-down'
        ? t('lookup.reason.cool-down', { seconds: wait.count })
        : t(`lookup.reason.${closed.reason}`, { time, at: clockTime(now + remaining) }),
    )
  }
  const team = teamParts(t, state, { gone: monotonic() - heardAt, now })
  // The line says it better.
  if (team.length > 0 && waiting && parts.at(-1) !== undefined && closed?.reason === 'cool-down') parts.pop()
  parts.push(...team)
  if (!state.isSure && state.team === undefined) parts.push(t('lookup.reason.unsure'))
  const isOpen = parts.length === 0
  return (
    <div className={css['gate']} data-open={isOpen} data-testid="gate">
      <span className={css['dot']} aria-hidden />
      <span>{isOpen ? t('lookup.ready') : parts.join(' · ')}</span>
      {closed?.reason === 'key-rejected' && (
        <Button look="quiet" onClick={() => void tryKeyAgain()}>
          {t('lookup.tryKeyAgain')}
        </Button>
      )}
    </div>
  )
}
