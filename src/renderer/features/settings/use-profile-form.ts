import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Profile, ProfileDraft } from '../../../contract/profile.ts'
import type { Failure } from '../../../domain/failure.ts'
import { useStore } from '../../store/react.ts'
import { blankProfile, draftOf, type FieldName, type FieldProblem, type FieldProblems } from './draft.ts'

/** A form for one operator: what it starts from, what is wrong in it, and how it is saved. */
export function useProfileForm(profile: Profile | null, onSaved: (form: HTMLFormElement) => void) {
  const saveProfile = useStore(state => state.saveProfile)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [problems, setProblems] = useState<FieldProblems>({})
  const [saved, setSaved] = useState(false)
  const error = useFieldErrors(problems)
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
    const read = draftOf(initial, new FormData(form))
    if ('problems' in read) return refuse(form, read.problems)
    const failed = await saveProfile(read.draft)
    if (failed?.code === 'CA_FILE') return refuse(form, { caFile: { kind: 'CA_FILE' } })
    setProblems({})
    setFailure(failed)
    setSaved(failed === null)
    if (failed === null) onSaved(form)
  }
  return { initial, error, failure, saved, submit, changed: () => setSaved(false) }
}

/** The words under a field that is wrong. */
function useFieldErrors(problems: FieldProblems): (name: FieldName) => string | undefined {
  const { t } = useTranslation()
  const wordsOf = (problem: FieldProblem): string => {
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
  return name => problems[name] && wordsOf(problems[name])
}
