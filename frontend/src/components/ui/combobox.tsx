import { ChevronDownIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { type ReactNode, type Ref, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { ComboBox, Input, Label } from 'react-aria-components/ComboBox'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Text } from 'react-aria-components/Text'
import { useTranslation } from 'react-i18next'
import { useDebounced } from '@/lib/use-debounced'
import { boxClass, type FieldProps, OptionalMark } from './field'

export interface ComboboxItem {
  id: string
  label: string
  /** A second line: an email address, a department. */
  hint?: string
}

interface ComboboxProps extends FieldProps {
  value: ComboboxItem | null
  onChange: (value: ComboboxItem | null) => void
  /** Asks the server for what fits the text; the empty text is the beginning of the list. */
  search: (text: string, signal: AbortSignal) => Promise<readonly ComboboxItem[]>
  /** Names the search in the cache of queries: `['courses', 'choices']`. */
  cacheKey: readonly unknown[]
  /** What nothing chosen means, where it means something: "All courses". */
  placeholder?: string
  disabled?: boolean
  onBlur?: () => void
  ref?: Ref<HTMLInputElement>
}

/** Typing rests when nothing came for this long, in milliseconds. */
const REST_MS = 250
const NONE: readonly ComboboxItem[] = []

/** One of many, found by typing. */
export function Combobox({
  label,
  hint,
  error,
  optional,
  className,
  value,
  onChange,
  search,
  cacheKey,
  placeholder,
  disabled = false,
  onBlur,
  ref,
}: ComboboxProps) {
  const { t } = useTranslation('frame')
  const [text, setText] = useState(value?.label ?? '')
  const [shownId, setShownId] = useState(value?.id)
  const [isOpen, setOpen] = useState(false)
  // Chosen or cleared from outside.
  if (value?.id !== shownId) {
    setShownId(value?.id)
    setText(value?.label ?? '')
  }
  // The name of what is chosen is no search: opening the list then shows its beginning.
  const wanted = useDebounced(text === value?.label ? '' : text.trim(), REST_MS)
  const results = useQuery({
    queryKey: [...cacheKey, wanted],
    queryFn: ({ signal }) => search(wanted, signal),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  })
  const found = results.data ?? NONE
  // What is chosen is always among the choices: its name is put back when typing is given up.
  const items = value && !found.some((item) => item.id === value.id) ? [value, ...found] : found

  return (
    <ComboBox
      className={className}
      items={items}
      inputValue={text}
      onInputChange={setText}
      value={value?.id ?? null}
      onChange={(key) => {
        const chosen = items.find((item) => item.id === key) ?? null
        setText(chosen?.label ?? '')
        onChange(chosen)
      }}
      onOpenChange={setOpen}
      onBlur={onBlur}
      menuTrigger="focus"
      allowsEmptyCollection
      defaultFilter={() => true}
      isDisabled={disabled}
      isInvalid={error !== undefined && error !== ''}
    >
      <Label className="mb-1.5 block font-semibold">
        {label}
        {optional && <OptionalMark />}
      </Label>
      {hint && (
        <Text slot="description" className="mb-1.5 block text-sm text-ink-soft">
          {hint}
        </Text>
      )}
      <div className="relative">
        <Input
          ref={ref}
          placeholder={placeholder ?? t('field.choose')}
          className={boxClass(error, clsx('truncate', value ? 'pr-20' : 'pr-11'))}
        />
        {value && (
          <button
            type="button"
            aria-label={t('combobox.clear')}
            disabled={disabled}
            onClick={() => {
              setText('')
              onChange(null)
            }}
            className="absolute inset-y-1 right-10 flex w-9 items-center justify-center rounded-md text-ink-soft hover:bg-page"
          >
            <XMarkIcon aria-hidden="true" className="size-5" />
          </button>
        )}
        <Button
          aria-label={t('combobox.open')}
          className="absolute inset-y-1 right-1 flex w-9 cursor-pointer items-center justify-center rounded-md text-ink-soft hover:bg-page"
        >
          <ChevronDownIcon aria-hidden="true" className="size-5" />
        </Button>
      </div>
      {error && (
        <Text slot="errorMessage" className="mt-1.5 block text-sm font-medium text-danger">
          {error}
        </Text>
      )}
      <Popover
        offset={4}
        className="w-(--trigger-width) rounded-xl border border-line bg-surface p-1.5 shadow-lg"
      >
        <ListBox<ComboboxItem>
          className="max-h-72 overflow-y-auto outline-none focus-visible:shadow-none"
          renderEmptyState={() => (
            <Nothing>
              {results.isFetching && t('combobox.loading')}
              {results.isError && t('combobox.failed')}
              {results.isSuccess && !results.isFetching && t('combobox.empty')}
            </Nothing>
          )}
        >
          {(item) => (
            <ListBoxItem
              id={item.id}
              textValue={item.label}
              className="flex min-h-11 cursor-pointer flex-col justify-center rounded-lg px-3 py-1 data-[focused]:bg-brand-soft data-[selected]:font-semibold"
            >
              {item.label}
              {item.hint && <span className="text-sm text-ink-soft">{item.hint}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

function Nothing({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="px-3 py-2.5 text-ink-soft">
      {children}
    </p>
  )
}
