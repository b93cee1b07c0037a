import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { QuizReason } from '@/components/quiz-reason'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { StatusChip } from '@/components/ui/status-chip'
import { describeError } from '@/lib/api/describe-error'
import { updateAssignment } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { showToast } from '@/lib/toasts'
import { questionsQuery, type Quiz, refreshAssignment } from './queries'

const TONES = { DRAFT: 'neutral', PUBLISHED: 'success', RETIRED: 'neutral' } as const
const TEXTS = { DRAFT: 'draftText', PUBLISHED: 'publishedText', RETIRED: 'retiredText' } as const

/** Whether teachers meet this version of the quiz, what is in it, and the way to publish it. */
export function QuizStateCard({ quiz }: { quiz: Quiz }) {
  const { t } = useTranslation('quiz-editor')
  const { t: tCommon } = useTranslation()
  const client = useQueryClient()
  const { state, questions, version, assignment_id: assignmentId } = quiz
  const publish = useMutation({
    mutationFn: () =>
      updateAssignment({ path: { assignment_id: assignmentId }, body: { is_published: true } }),
    onSuccess: async () => {
      showToast(t('state.published'))
      await Promise.all([
        client.invalidateQueries({ queryKey: questionsQuery(assignmentId).queryKey }),
        refreshAssignment(client, assignmentId),
      ])
    },
  })
  const accepted = questions.filter(({ review }) => review === 'ACCEPTED')
  const rejected = questions.filter(({ review }) => review === 'REJECTED')
  const open = questions.length - accepted.length - rejected.length
  const points = accepted.reduce((sum, question) => sum + question.points, 0)
  return (
    <Card title={t('state.title')}>
      <p className="flex flex-wrap items-center gap-2">
        <StatusChip tone={TONES[state]}>
          {questions.length === 0 ? t('state.none') : t(`state.${state}`)}
        </StatusChip>
        {version > 1 && (
          <span className="text-sm text-ink-soft">{t('state.version', { version })}</span>
        )}
      </p>
      <p className="mt-3 text-ink-soft">{t(`state.${TEXTS[state]}`)}</p>
      <QuizReason
        codes={quiz.state_codes}
        sentence={quiz.state_reason}
        className="mt-2 text-ink-soft"
      />
      <ul className="mt-3 space-y-0.5">
        <li className="font-semibold">{t('state.accepted', { count: accepted.length })}</li>
        {open > 0 && <li>{t('state.open', { count: open })}</li>}
        {rejected.length > 0 && <li>{t('state.rejected', { count: rejected.length })}</li>}
        <li className="text-ink-soft">{t('state.points', { count: points })}</li>
      </ul>
      {state !== 'PUBLISHED' && (
        <Button
          className="mt-4 w-full"
          pending={publish.isPending}
          onClick={() => publish.mutate()}
        >
          {version > 1 ? t('state.publishNew') : t('state.publish')}
        </Button>
      )}
      {publish.error && (
        <Notice tone="danger" role="alert" className="mt-3">
          {isApiError(publish.error, 'quiz_empty')
            ? t('state.noneAccepted')
            : describeError(publish.error, tCommon)}
        </Notice>
      )}
    </Card>
  )
}
