import { TriangleAlert } from 'lucide-react'
import { keychainHelp } from '../../../contract/links.ts'
import type { Account } from '../../../domain/account.ts'
import { carrierOf, type Failure } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { fields } from '../../ui/fields.ts'
import { clockTime, waitOf } from '../../ui/format.ts'
import { later } from '../../ui/later.tsx'
import { useNow } from '../../ui/use-now.ts'
import { type Action, actionOf, MAY_BE_THE_WAY, WAITS } from './failure-acts.ts'
import css from './lookup.module.css'

const ProxyLoginForm = later(() => import('./proxy-login-form.tsx'))

/** A failed lookup: what happened, who can mend it, and one thing to do. */
export function FailureCard({
  account,
  failure,
  heardAt,
}: {
  readonly account: Account
  readonly failure: Failure
  readonly heardAt: number
}) {
  const { t } = useTranslation()
  const act = useAct(account)
  const number = useNumber()
  const hidden = useHidden()
  const carrier = carrierOf(failure)
  const isOem = useStore(state => state.app.current?.profile.credential.kind === 'oem')
  // Nobody typed this authKey, so nobody can mend it by typing.
  const isRenewed = isOem && failure.code === 'KEY_REJECTED'
  const monotonic = useStore(state => state.clock.monotonic)
  const help = keychainHelp(useStore(state => state.app.platform))
  const openLink = useStore(state => state.openLink)
  const openDoctor = useStore(state => state.openDoctor)
  const openStored = useStore(state => state.openStored)
  const contact = useStore(state => state.app.policy.supportContact)
  const now = useNow(500)
  const opens =
    'opensInMs' in failure && failure.opensInMs !== null ? failure.opensInMs - (monotonic() - heardAt) : 0
  const wait = opens > 0 ? waitOf(opens) : null
  return (
    <section
      className={css['card']}
      role="alert"
      data-code={failure.code}
      data-tone={WAITS.has(failure.code) ? 'wait' : 'failure'}
      data-account={account.id}
    >
      <TriangleAlert size={20} aria-hidden />
      <div>
        <p className={css['account']}>{number(account)}</p>
        <h2>{t(`failures.${failure.code}`)}</h2>
        <p>
          {isRenewed ? t('credential.rejectedCause') : t(`failure.${failure.code}.cause`)}
          {failure.code === 'GATE_CLOSED' && ` ${t(`gateClosed.${failure.reason}`)}`}
          {failure.code === 'PROXY_SCHEME' &&
            ` ${t('proxyLogin.schemes', { schemes: failure.schemes.map(schemeName).join(', ') })}`}
          {failure.code === 'TLS' && ` ${t(`tls.${failure.reason}`)}`}
          {failure.code === 'POLICY_INVALID' &&
            failure.keys.length > 0 &&
            ` ${t('policy.keys', { keys: failure.keys.join(', ') })}`}
          {failure.code === 'TEAM_REFUSED' && ` ${t(`teamReason.${failure.reason}`)}`}
          {wait &&
            ` ${t('failure.opens', {
              time: t(`duration.${wait.unit}`, { count: wait.count }),
              at: clockTime(now + opens),
            })}`}
        </p>
        <dl>
          <dt>{t('failure.remedy')}</dt>
          <dd>{isRenewed ? t('credential.rejectedRemedy') : t(`failure.${failure.code}.remedy`)}</dd>
          {carrier && (
            <>
              <dt>{t('failure.carrierSaid')}</dt>
              <dd>
                {hidden.text(carrier.resultCode)}
                {carrier.message !== null && ` ${hidden.text(carrier.message)}`}
              </dd>
            </>
          )}
          {'httpStatus' in failure && failure.httpStatus !== null && (
            <>
              <dt>{t('failure.carrierSaid')}</dt>
              <dd>{t('failure.http', { status: failure.httpStatus })}</dd>
            </>
          )}
        </dl>
        {contact !== null && <p className={css['support']}>{t('policy.support', { contact })}</p>}
        <div className={css['acts']}>
          {failure.code === 'PROXY_LOGIN' ? (
            <ProxyLoginForm account={account} failure={failure} />
          ) : (
            <Button look="primary" onClick={() => act(actionOf(failure))}>
              {isRenewed ? t('key.oem.enter') : t(`failure.${failure.code}.action`)}
            </Button>
          )}
          {(failure.code === 'OFFLINE' ||
            (actionOf(failure) === 'again' && failure.code !== 'PROXY_LOGIN')) && (
            <Button onClick={() => void openStored(account)}>{t('failure.openStored')}</Button>
          )}
          {MAY_BE_THE_WAY.has(failure.code) && (
            <Button look="quiet" onClick={() => openDoctor(true)}>
              {t('doctor.open')}
            </Button>
          )}
          {help && failure.code.startsWith('KEYCHAIN_') && (
            <Button look="quiet" onClick={() => void openLink(help)}>
              {t('failure.keychainHelp')}
            </Button>
          )}
        </div>
      </div>
    </section>
  )
}

/** As an administrator knows it: Negotiate is Kerberos, or NTLM in its wrapping. */
const schemeName = (scheme: string): string =>
  scheme.toLowerCase() === 'negotiate' ? `${scheme} (Kerberos)` : scheme

function useAct(account: Account): (action: Action) => void {
  const lookUp = useStore(state => state.lookUp)
  const openSheet = useStore(state => state.openSheet)
  const copyTicket = useStore(state => state.copyTicket)
  const clearView = useStore(state => state.clearView)
  const acts: Readonly<Record<Action, () => unknown>> = {
    correct: () => document.getElementById(fields.lookup)?.focus(),
    again: () => lookUp(account, true),
    settings: () => openSheet('settings'),
    key: () => openSheet('key'),
    copy: copyTicket,
    close: clearView,
  }
  return action => void acts[action]()
}
