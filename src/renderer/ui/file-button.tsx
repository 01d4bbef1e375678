import button from './button.module.css'
import css from './file-button.module.css'

/** Picks a file. The browser's own control speaks the system's language, whatever the screen's is. */
export function FileButton({
  accept,
  label,
  onPick,
}: {
  readonly accept: string
  readonly label: string
  readonly onPick: (file: File) => void
}) {
  return (
    <label className={`${button['button']} ${css['file']}`}>
      {label}
      <input
        type="file"
        className="visually-hidden"
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) onPick(file)
          // The same file, picked again after it was changed, is a new choice.
          target.value = ''
        }}
      />
    </label>
  )
}
