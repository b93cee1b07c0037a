import { zodResolver } from '@hookform/resolvers/zod'
import { ArrowLeftIcon, ArrowRightIcon } from '@heroicons/react/20/solid'
import { type ReactNode, useEffect } from 'react'
import { type DefaultValues, type FieldValues, type Path, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod/mini'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import type { FieldProblem } from '@/lib/api/problem'
import { describeFieldProblem } from '@/lib/api/describe-error'

/** What every step of the wizard takes. */
export interface StepProps<T> {
  values: T
  /** What the server said about fields of this step. */
  problems: readonly FieldProblem[]
  onNext: (values: T) => void | Promise<void>
  /** Absent on the first step. What is entered stays. */
  onBack?: (values: T) => void
}

interface StepFormProps<T extends FieldValues> extends StepProps<T> {
  schema: z.ZodMiniType<T, T>
  /** Asked once more before the next step; throws what stands in the way. */
  check?: (values: T) => Promise<void>
  children: ReactNode
}

/** One page of questions; goes on only when they are answered. */
export function StepForm<T extends FieldValues>({
  values,
  problems,
  onNext,
  onBack,
  schema,
  check,
  children,
}: StepFormProps<T>) {
  const { t } = useTranslation('schools')
  const form = useForm<T, unknown, T>({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    // The values of a step are all there from the start.
    defaultValues: values as DefaultValues<T>,
  })
  const { setError } = form
  useEffect(() => {
    for (const [index, problem] of problems.entries()) {
      setError(
        problem.field as Path<T>,
        { type: problem.code, message: describeFieldProblem(problem) },
        { shouldFocus: index === 0 },
      )
    }
  }, [problems, setError])

  return (
    <Form
      form={form}
      onSubmit={async (entered) => {
        await check?.(entered)
        await onNext(entered)
      }}
    >
      {children}
      <div className="flex flex-wrap justify-between gap-3 pt-2">
        {onBack ? (
          <Button look="secondary" onClick={() => onBack(form.getValues())}>
            <ArrowLeftIcon aria-hidden="true" className="size-5" />
            {t('onboard.back')}
          </Button>
        ) : (
          <span />
        )}
        <SubmitButton>
          {t('onboard.next')}
          <ArrowRightIcon aria-hidden="true" className="size-5" />
        </SubmitButton>
      </div>
    </Form>
  )
}
