import { FlagIcon } from '@heroicons/react/20/solid'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextButton } from '@/components/ui/text-link'
import { flagQuestion } from '@/lib/api/operations'

const FlagDialog = lazy(async () => ({
  default: (await import('./flag-dialog')).FlagDialog,
}))

interface FlagButtonProps {
  assignmentId: string
  questionId: string
  number: number
}

/** The way to say that something is wrong with a question. */
export function FlagButton({ assignmentId, questionId, number }: FlagButtonProps) {
  const { t } = useTranslation('quiz')
  const [isOpen, setOpen] = useState(false)
  const { mutate, isPending, isSuccess, error, reset } = useMutation({
    mutationFn: (reason: string) =>
      flagQuestion({
        path: { assignment_id: assignmentId, question_id: questionId },
        body: { reason },
      }),
    onSuccess: () => setOpen(false),
  })
  return (
    <>
      <TextButton
        className="mt-1 gap-2 text-sm text-ink-soft!"
        aria-label={t('flag.named', { number })}
        onClick={() => {
          reset()
          setOpen(true)
        }}
      >
        <FlagIcon aria-hidden="true" className="size-4 shrink-0" />
        {t('flag.action')}
      </TextButton>
      <p role="status" className="text-ink-soft empty:hidden">
        {isSuccess && t('flag.thanks')}
      </p>
      {isOpen && (
        <Suspense>
          <FlagDialog
            number={number}
            pending={isPending}
            error={error}
            onConfirm={mutate}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
