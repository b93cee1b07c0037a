import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import { startQuiz } from '@/lib/api/operations'
import { useSessionStore } from '@/lib/auth/session-store'
import { quizQuery } from './queries'

/** Begins an attempt. From then on the page shows its questions. */
export function StartButton({ assignmentId, label }: { assignmentId: string; label: string }) {
  const { t } = useTranslation('quiz')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const isVisit = useSessionStore((state) => state.visit !== null)
  const start = useMutation({
    mutationFn: async () => (await startQuiz({ path: { assignment_id: assignmentId } })).data,
    onSuccess: (quiz) => queries.setQueryData(quizQuery(assignmentId).queryKey, quiz),
  })
  if (isVisit) return <p className="text-ink-soft">{t('intro.visit')}</p>
  return (
    <>
      {start.isError && (
        <Notice tone="danger" role="alert" className="mb-4">
          <strong>{t('intro.notStarted')}</strong> {describeError(start.error, tCommon)}
        </Notice>
      )}
      <Button pending={start.isPending} onClick={() => start.mutate()}>
        {label}
      </Button>
    </>
  )
}
