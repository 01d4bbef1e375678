import { type SubmitEvent, useState } from 'react'
import type { Profile, ProfileDraft } from '../../../contract/profile.ts'
import type { Failure } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useMoment } from '../../ui/use-moment.ts'
import { blankProfile, draftOf, type FieldName, type FieldProblem, type FieldProblems } from './draft.ts'
import { changeOf, isAnotherWay } from './draft-change.ts'

/** The id of the form of a profile that is there. */
export const PROFILE_FORM = 'profile-form'

export type ProfileForm = ReturnType<typeof useProfileForm>

/** What a field of the form shows about itself. */
export interface FieldState {
  readonly error: string | undefined
  readonly saved: string
}

/** A form for one operator: what it starts from, what is wrong in it, and how it is saved. */
export function useProfileForm(profile: Profile | null, onSaved: (form: HTMLFormElement) => void) {
  const saveProfile = useStore(state => state.saveProfile)
  const changeProfile = useStore(state => state.changeProfile)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [problems, setProblems] = useState<FieldProblems>({})
  const [saved, setSaved] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const [marked, setMarked] = useState<string | null>(null)
  const [isMarked, mark] = useMoment()
  const { t } = useTranslation()
  const wordsOf = useProblemWords()
  const initial: ProfileDraft = profile ?? blankProfile

  const refuse = (form: HTMLFormElement, found: FieldProblems) => {
    setProblems(found)
    setFailure(null)
    setSaved(false)
    const first = [...form.elements].find(control => 'name' in control && String(control.name) in found)
    // A field that is folded away can't take the focus.
    first?.closest('details')?.setAttribute('open', '')
    if (first instanceof HTMLElement) first.focus()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const { draft, problems } = draftOf(initial, new FormData(form))
    if (Object.keys(problems).length > 0) return refuse(form, problems)
    const failed = await saveProfile(draft)
    if (failed?.code === 'CA_FILE') {
      const isTeams = draft.team?.caFile != null && draft.caFile === initial.caFile
      return refuse(form, { [isTeams ? 'teamCaFile' : 'caFile']: { kind: 'CA_FILE' } })
    }
    setProblems({})
    setFailure(failed)
    setSaved(failed === null)
    setWaiting(failed !== null)
    if (failed === null) onSaved(form)
  }
  /** Says whether something waits for the button; it is looked at with every key. */
  const typed = (target: EventTarget) => {
    setSaved(false)
    if (profile === null || !isOfProfile(target)) return
    setWaiting(isAnotherWay(profile, draftOf(profile, new FormData(target.form))))
  }
  /** Saves a field that was left or chosen, if it is right and no dialog has to confirm it. */
  const keep = async (target: EventTarget) => {
    if (profile === null || !isOfProfile(target)) return
    const { name } = target
    const { draft, problems } = draftOf(profile, new FormData(target.form))
    const problem = problems[name as FieldName]
    setProblems(({ [name as FieldName]: _, ...others }) =>
      problem ? { ...others, [name]: problem } : others,
    )
    const change = changeOf(profile, draft)
    if (Object.keys(change).length === 0) return
    const failed = await changeProfile(profile.id, change)
    setFailure(failed)
    if (failed !== null) return
    setMarked(name)
    mark()
  }
  return {
    initial,
    failure,
    saved,
    isWaiting,
    submit,
    typed,
    keep,
    of: (name: FieldName | UncheckedName): FieldState => {
      const problem = problems[name as FieldName]
      return {
        error: problem && wordsOf(problem),
        saved: isMarked && marked === name ? t('settings.saved') : '',
      }
    },
  }
}

/** The fields that can't be wrong. */
export type UncheckedName = 'body' | 'order' | 'includesToday' | 'kbBase' | 'threeDayWithToday' | 'liftedWhen'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Whether it is a field of the profile's own form: beside it stand forms for keys and passwords, which know no profile. */
const isOfProfile = (target: EventTarget): target is Control & { readonly form: HTMLFormElement } =>
  (target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement) &&
  target.form?.id === PROFILE_FORM

/** The words under a field that is wrong. */
function useProblemWords(): (problem: FieldProblem) => string {
  const { t } = useTranslation()
  return problem => {
    switch (problem.kind) {
      case 'PROXY':
        return t(`settings.problem.proxy.${problem.problem}`)
      case 'RANGE':
      case 'WHOLE_RANGE':
        return t(`settings.problem.${problem.kind}`, { min: problem.min, max: problem.max })
      default:
        return t(`settings.problem.${problem.kind}`)
    }
  }
}
