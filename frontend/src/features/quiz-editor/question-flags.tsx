import { FlagIcon } from '@heroicons/react/20/solid'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import { settleQuestionFlags } from '@/lib/api/operations'
import { flagsQuery } from './queries'

interface QuestionFlagsProps {
  questionId: string
  number: number
}

/** What those who answered a question find wrong with it, until somebody has looked at it. */
export function QuestionFlags({ questionId, number }: QuestionFlagsProps) {
  const { t } = useTranslation('quiz-editor')
  const { t: tCommon } = useTranslation()
  const { assignmentId = '' } = useParams()
  const client = useQueryClient()
  const { data } = useQuery(flagsQuery(assignmentId))
  const settle = useMutation({
    mutationFn: () =>
      settleQuestionFlags({ path: { assignment_id: assignmentId, question_id: questionId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: flagsQuery(assignmentId).queryKey }),
  })
  const flags = data?.flags.filter(({ question_ids: ids }) => ids.includes(questionId)) ?? []
  if (flags.length === 0) return null
  return (
    <div className="rounded-lg border-l-4 border-warning bg-warning-soft px-4 py-3">
      <h4 className="flex items-center gap-2 font-semibold">
        <FlagIcon aria-hidden="true" className="size-5 shrink-0" />
        {t('flags.title', { count: flags.length })}
      </h4>
      <ul className="mt-1 space-y-1">
        {flags.map(({ teacher_id: teacherId, teacher_name: name, reason }) => (
          <li key={teacherId} className="break-words whitespace-pre-line">
            {t('flags.said', { name, reason })}
          </li>
        ))}
      </ul>
      <Button
        look="secondary"
        className="mt-3"
        pending={settle.isPending}
        aria-label={t('card.named', { action: t('flags.settle'), number })}
        onClick={() => settle.mutate()}
      >
        {t('flags.settle')}
      </Button>
      {settle.error && (
        <Notice tone="danger" role="alert" className="mt-3">
          {describeError(settle.error, tCommon)}
        </Notice>
      )}
    </div>
  )
}
