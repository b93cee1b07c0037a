import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type FieldValues, FormProvider, type Path, type UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { describeError } from '@/lib/api/describe-error'
import { showFieldErrors } from '@/lib/api/form-errors'
import { ApiError } from '@/lib/api/problem'
import { useInterruptedWork } from '@/lib/interrupted-work'
import { fieldPaths, type FormFault, listFaults } from './error-list'
import { ErrorSummary } from './error-summary'
import { type FieldLabels, FieldLabelsContext } from './labels'
import { UnsavedGuard } from './unsaved-guard'

interface FormProps<T extends FieldValues, Out> {
  /**
   * From `useForm({ resolver: zodResolver(schema), mode: 'onTouched', shouldFocusError: false,
   * defaultValues })`: the summary takes the focus, so the first field need not.
   */
  form: UseFormReturn<T, unknown, Out>
  /** Sends it. What this throws is shown: at the fields it is about, the rest above the form. */
  onSubmit: (values: Out) => Promise<void> | void
  /** Where the server calls a field otherwise than the form: `{ due_date: 'deadline' }`. */
  serverNames?: Readonly<Record<string, Path<T>>>
  /** Asks before the page is left with changes that are not saved; `within`: also by its tabs. */
  guard?: boolean | 'within'
  /** Which of several things at this address it writes, by its id: what is interrupted is of that one. */
  about?: string
  className?: string
  children: ReactNode
}

const renamed = (error: unknown, names: Readonly<Record<string, string>>): unknown =>
  error instanceof ApiError
    ? new ApiError({
        ...error,
        fields: error.fields.map((problem) => ({
          ...problem,
          field: names[problem.field] ?? problem.field,
        })),
      })
    : error

/** A form whose faults, its own and the server's, stand at the fields and in a summary above them. */
export function Form<T extends FieldValues, Out = T>({
  form,
  onSubmit,
  serverNames,
  guard = false,
  about = '',
  className,
  children,
}: FormProps<T, Out>) {
  const { t } = useTranslation('frame')
  const { t: tCommon } = useTranslation()
  const [labels] = useState<FieldLabels>(() => new Map())
  const [failure, setFailure] = useState<unknown>(null)
  // As they were at the last attempt: a list that changes while somebody types moves the page.
  const [faults, setFaults] = useState<(FormFault & { label: string | undefined })[]>([])
  const [attempt, setAttempt] = useState(0)
  const summary = useRef<HTMLDivElement>(null)
  const { isDirty, isSubmitting } = form.formState

  const fieldNames = Object.keys(form.getValues()).toSorted().join()
  const interrupted = useInterruptedWork(`form ${about} ${fieldNames}`, () =>
    isDirty ? form.getValues() : null,
  )
  // Two turns, so that it is filled after it has begun to listen to itself and has taken its `values`.
  const [turnsToFill, setTurnsToFill] = useState(interrupted === null ? 0 : 2)
  useEffect(() => {
    if (turnsToFill === 0) return
    if (turnsToFill === 1) {
      // Its names and kinds are this form's own: it wrote them.
      form.reset({ ...form.getValues(), ...interrupted }, { keepDefaultValues: true })
    }
    // oxlint-disable-next-line react/set-state-in-effect -- twice, and only after an interruption
    setTurnsToFill(turnsToFill - 1)
  }, [turnsToFill, form, interrupted])

  useEffect(() => {
    if (attempt === 0) return
    // After the form library, which moves the focus to the first field a moment later.
    const timer = setTimeout(() => summary.current?.focus())
    return () => clearTimeout(timer)
  }, [attempt])

  const submit = async (event: FormEvent) => {
    // A form in a dialog is drawn outside the page, but React tells the form around it all the same.
    event.stopPropagation()
    event.preventDefault()
    if (isSubmitting) return
    setFailure(null)
    let found: FormFault[] = []
    const send = async (values: Out) => {
      try {
        await onSubmit(values)
      } catch (error) {
        const known = serverNames ? renamed(error, serverNames) : error
        // Every path of the values is one of the form's fields, which the type cannot tell.
        const paths = fieldPaths(form.getValues()) as Path<T>[]
        if (!showFieldErrors(known, paths, form.setError)) setFailure(error)
        found = paths.flatMap((name) => {
          const message = form.getFieldState(name).error?.message
          return message ? [{ name, message }] : []
        })
      }
    }
    await form.handleSubmit(send, (errors) => {
      found = listFaults(errors)
    })(event)
    setFaults(found.map(({ name, message }) => ({ name, message, label: labels.get(name) })))
    if (found.length > 0) setAttempt((count) => count + 1)
  }
  return (
    <FormProvider {...form}>
      <FieldLabelsContext value={labels}>
        <form
          noValidate
          onSubmit={(event) => void submit(event)}
          className={className ?? 'space-y-5'}
        >
          {guard && <UnsavedGuard when={isDirty && !isSubmitting} within={guard === 'within'} />}
          {failure !== null && (
            <Notice tone="danger" role="alert">
              <strong>{t('form.failed')}.</strong> {describeError(failure, tCommon)}
            </Notice>
          )}
          {faults.length > 0 && (
            <ErrorSummary
              ref={summary}
              faults={faults}
              onGoTo={(name) => form.setFocus(name as Path<T>)}
            />
          )}
          {/* Some fields read their value only when they begin. */}
          {turnsToFill === 0 && children}
        </form>
      </FieldLabelsContext>
    </FormProvider>
  )
}
