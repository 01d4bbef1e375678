import css from './segments.module.css'

/** A choice of a few, all in sight. */
export function Segments<T extends string>({
  label,
  value,
  choices,
  onChoose,
}: {
  readonly label: string
  readonly value: T
  readonly choices: readonly (readonly [T, string])[]
  readonly onChoose: (value: T) => void
}) {
  return (
    <fieldset className={css['segments']} aria-label={label}>
      {choices.map(([choice, words]) => (
        <button key={choice} type="button" aria-pressed={choice === value} onClick={() => onChoose(choice)}>
          {words}
        </button>
      ))}
    </fieldset>
  )
}
