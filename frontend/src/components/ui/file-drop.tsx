import { ArrowUpTrayIcon } from '@heroicons/react/24/outline'
import { clsx } from 'clsx'
import { type DragEvent, type Ref, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '@/lib/format'
import { checkFile, type FileRules } from './check-file'
import { describedBy, FieldError, type FieldProps, Hint, OptionalMark } from './field'

interface FileDropProps extends FieldProps, FileRules {
  /** More than one at once. */
  multiple?: boolean
  /** Called with files that passed; those that did not are told about here. */
  onFiles: (files: File[]) => void
  disabled?: boolean
  ref?: Ref<HTMLInputElement>
}

/** Drop a file, or choose one. Type and size are checked before anything is sent. */
export function FileDrop({
  label,
  hint,
  error,
  optional,
  className,
  accept,
  acceptLabel,
  maxBytes,
  multiple = false,
  onFiles,
  disabled = false,
  ref,
}: FileDropProps) {
  const { t } = useTranslation('frame')
  const id = useId()
  const [refusals, setRefusals] = useState<string[]>([])
  const [isOver, setOver] = useState(false)
  const shown = refusals.length > 0 ? refusals.join(' ') : error

  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    if (files.length === 0 || disabled) return
    if (!multiple && files.length > 1) {
      setRefusals([t('file.onlyOne')])
      return
    }
    const problems = files.map((file) => checkFile(file, { accept, acceptLabel, maxBytes }, t))
    setRefusals(problems.filter((problem) => problem !== undefined))
    const good = files.filter((_file, index) => problems[index] === undefined)
    if (good.length > 0) onFiles(good)
  }
  const whileOver = (over: boolean) => (event: DragEvent) => {
    // Without this the browser opens the file in place of the page.
    event.preventDefault()
    setOver(over && !disabled)
  }
  return (
    <div className={className}>
      <p id={`${id}-label`} className="mb-1.5 font-semibold">
        {label}
        {optional && <OptionalMark />}
      </p>
      {hint && <Hint id={id}>{hint}</Hint>}
      <div
        onDragOver={whileOver(true)}
        onDragLeave={whileOver(false)}
        onDrop={(event) => {
          whileOver(false)(event)
          take(event.dataTransfer.files)
        }}
        className={clsx(
          'relative flex flex-col items-center gap-2 rounded-card border-2 border-dashed px-4 py-6 text-center transition-colors',
          isOver ? 'border-brand-strong bg-brand-soft' : 'bg-surface',
          !isOver && (shown ? 'border-danger' : 'border-edge'),
          disabled && 'opacity-60',
        )}
      >
        <ArrowUpTrayIcon aria-hidden="true" className="size-8 text-ink-soft" />
        <span aria-hidden="true" className="text-ink-soft max-sm:hidden">
          {multiple ? t('file.dropSeveral') : t('file.drop')}
        </span>
        <input
          ref={ref}
          id={id}
          type="file"
          accept={accept.join(',')}
          multiple={multiple}
          disabled={disabled}
          onChange={(event) => {
            take(event.target.files)
            // The same file can be chosen again, after it was mended.
            event.target.value = ''
          }}
          aria-labelledby={`${id}-label ${id}-choose`}
          aria-invalid={shown ? true : undefined}
          aria-describedby={`${describedBy(id, { hint, error: shown }) ?? ''} ${id}-rules`.trim()}
          className="peer sr-only"
        />
        <label
          id={`${id}-choose`}
          htmlFor={id}
          className="inline-flex min-h-11 items-center justify-center rounded-lg border border-edge bg-surface px-4 py-2 font-semibold peer-focus-visible:shadow-[0_0_0_4px_#10151d] peer-focus-visible:outline-2 peer-focus-visible:outline-white hover:bg-page"
        >
          {multiple ? t('file.chooseSeveral') : t('file.choose')}
        </label>
        <p id={`${id}-rules`} className="text-sm text-ink-soft">
          {t('file.rules', { types: acceptLabel, limit: formatBytes(maxBytes) })}
        </p>
      </div>
      <div role="alert">{shown && <FieldError id={id}>{shown}</FieldError>}</div>
    </div>
  )
}
