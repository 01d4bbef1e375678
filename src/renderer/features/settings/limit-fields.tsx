import { messageStates } from '../../../ticket/customer-message.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { Field } from '../../ui/field.tsx'
import type { FieldsProps } from './profile-fields.tsx'
import css from './settings.module.css'

/** When the operator restricts a line, and what it says to its customers. */
export function LimitFields({ initial, of }: FieldsProps) {
  const { t } = useTranslation()
  const mb = (kb: number | undefined) => (kb === undefined ? '' : kb / initial.kbBase)
  const { threeDayLimit } = initial
  return (
    <>
      <Field label={t('settings.limit')} hint={t('settings.limitHint')} {...of('limitMb')}>
        {ids => (
          <input
            {...ids}
            name="limitMb"
            inputMode="decimal"
            defaultValue={mb(initial.limitKb ?? undefined)}
          />
        )}
      </Field>
      <Field label={t('settings.threeDays')} hint={t('settings.threeDaysHint')} {...of('threeDayMb')}>
        {ids => <input {...ids} name="threeDayMb" inputMode="decimal" defaultValue={mb(threeDayLimit?.kb)} />}
      </Field>
      <Field label={t('settings.threeDaysToday')} {...of('threeDayWithToday')}>
        {ids => (
          <input
            {...ids}
            name="threeDayWithToday"
            type="checkbox"
            defaultChecked={threeDayLimit?.withToday ?? true}
          />
        )}
      </Field>
      <Field label={t('settings.liftedWhen')} hint={t('settings.liftedWhenHint')} {...of('liftedWhen')}>
        {ids => <input {...ids} name="liftedWhen" maxLength={300} defaultValue={initial.liftedWhen} />}
      </Field>
      <details className={css['messages']}>
        <summary>{t('settings.messages')}</summary>
        <p className={css['soft']}>{t('settings.messagesHint', { example: '{{today}}' })}</p>
        {messageStates.map(state => (
          <Field key={state} label={t(`settings.message.${state}`)} {...of(`message.${state}`)}>
            {ids => (
              <textarea
                {...ids}
                name={`message.${state}`}
                rows={2}
                maxLength={5_000}
                defaultValue={initial.messages[state] ?? ''}
              />
            )}
          </Field>
        ))}
      </details>
    </>
  )
}
