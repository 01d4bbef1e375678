import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import css from './profile-switch.module.css'

const NEW = 'new'
const DEMO = 'demo'

/** Which operator is asked: always visible, and changed in one act. */
export function ProfileSwitch() {
  const { t } = useTranslation()
  const profiles = useStore(state => state.app.profiles)
  const current = useStore(state => state.app.current?.profile.id ?? '')
  const selectProfile = useStore(state => state.selectProfile)
  const startDemo = useStore(state => state.startDemo)
  const tell = useStore(state => state.tell)
  const openSheet = useStore(state => state.openSheet)
  const { allowsDemo, allowsOwnProfiles } = useStore(state => state.app.policy)
  const hasDemo = profiles.some(profile => profile.carrier.kind === 'simulator')
  return (
    <select
      className={css['switch']}
      aria-label={t('app.profile')}
      value={current}
      onChange={({ target: { value } }) => {
        if (value === NEW) openSheet('new-profile')
        else if (value === DEMO) void startDemo().then(tell)
        else void selectProfile(value).then(tell)
      }}
    >
      {profiles.map(profile => (
        <option key={profile.id} value={profile.id}>
          {profile.name}
        </option>
      ))}
      {((!hasDemo && allowsDemo) || allowsOwnProfiles) && <hr />}
      {!hasDemo && allowsDemo && <option value={DEMO}>{t('firstRun.demo')}</option>}
      {allowsOwnProfiles && <option value={NEW}>{t('app.addProfile')}</option>}
    </select>
  )
}
