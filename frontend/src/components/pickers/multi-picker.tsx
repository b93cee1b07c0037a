import { MagnifyingGlassIcon } from '@heroicons/react/20/solid'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/components/ui/checkbox'
import { boxClass, describedBy, FieldError, Hint } from '@/components/ui/field'
import { TextButton } from '@/components/ui/text-link'
import { useDebounced } from '@/lib/use-debounced'
import type { ChoiceSource, PickerProps } from './choice'
import { ChosenTags } from './chosen-tags'
import { useFound } from './use-choices'

/** Typing rests when nothing came for this long, in milliseconds. */
const REST_MS = 250

/** Several of many: found by typing, ticked in a list, and kept in sight above it. */
export function MultiPicker({
  source,
  label,
  value,
  onChange,
  hint,
  error,
  className,
}: PickerProps & { source: ChoiceSource }) {
  const { t } = useTranslation('frame')
  const { t: tCommon } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const found = useFound(source, useDebounced(text.trim(), REST_MS))
  const { choices = [], count = 0 } = found.data ?? {}

  const toggle = (choice: string, isChosen: boolean) =>
    onChange(isChosen ? [...value, choice] : value.filter((each) => each !== choice))
  const remove = (ids: readonly string[]) => {
    onChange(value.filter((each) => !ids.includes(each)))
    // The button that had the focus is gone.
    input.current?.focus()
  }
  return (
    <fieldset className={className} aria-describedby={describedBy(id, { hint, error })}>
      <legend className="mb-1.5 font-semibold">{label}</legend>
      {hint && <Hint id={id}>{hint}</Hint>}
      <ChosenTags source={source} ids={value} onRemove={remove} />
      <div className="relative mt-2">
        <MagnifyingGlassIcon
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft"
        />
        <input
          ref={input}
          type="search"
          value={text}
          autoComplete="off"
          aria-label={t('picker.searchIn', { label })}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // Enter here finds; it does not send the form around it.
            if (event.key === 'Enter') event.preventDefault()
          }}
          className={boxClass(error, 'pl-10')}
        />
      </div>
      <div
        role="group"
        aria-label={t('picker.found', { label })}
        aria-busy={found.isFetching}
        className="mt-2 max-h-64 overflow-y-auto rounded-lg border border-line px-3 py-1"
      >
        {choices.map((choice) => (
          <Checkbox
            key={choice.id}
            label={choice.label}
            {...(choice.hint === undefined ? {} : { hint: choice.hint })}
            checked={value.includes(choice.id)}
            onChange={(event) => toggle(choice.id, event.target.checked)}
          />
        ))}
        <p role="status" className="py-2 text-sm text-ink-soft empty:hidden">
          {found.isPending && t('picker.loading')}
          {found.isSuccess && count === 0 && t('picker.nothing')}
          {count > choices.length && t('picker.more', { shown: choices.length, count })}
        </p>
        {found.isError && (
          <p role="alert" className="flex flex-wrap items-center gap-x-3 text-danger">
            {t('picker.failed')}
            <TextButton onClick={() => void found.refetch()}>{tCommon('action.retry')}</TextButton>
          </p>
        )}
      </div>
      {error && <FieldError id={id}>{error}</FieldError>}
    </fieldset>
  )
}
