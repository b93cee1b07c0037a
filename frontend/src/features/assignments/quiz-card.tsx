import { useTranslation } from 'react-i18next'
import { QuizReason } from '@/components/quiz-reason'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/button'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import type { Assignment } from './queries'

/** What a quiz consists of, and how it goes. */
export function QuizCard({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('assignments')
  const { quiz, submission_count: taken, to_grade_count: waiting } = assignment
  const total = quiz?.question_count ?? 0
  return (
    <Card
      title={t('quiz.title')}
      actions={
        <LinkButton to={paths.questions(assignment.id)}>
          {quiz?.state === 'DRAFT' && total > 0 ? t('quiz.review') : t('quiz.edit')}
        </LinkButton>
      }
    >
      <p>
        {total === 0
          ? t('quiz.none')
          : t('quiz.asked', { asked: quiz?.accepted_count ?? 0, count: total })}
      </p>
      {quiz && (
        <QuizReason
          codes={quiz.state_codes}
          sentence={quiz.state_reason}
          className="mt-1 text-ink-soft"
        />
      )}
      <p className="mt-3">
        {taken === 0 ? t('quiz.nobody') : t('quiz.taken', { count: taken })}{' '}
        {waiting > 0 && t('quiz.waiting', { count: waiting })}
      </p>
      <p className="mt-1 text-ink-soft">{t('quiz.results')}</p>
      <div className="flex flex-wrap gap-x-6">
        {taken > 0 && <TextLink to={paths.attempts(assignment.id)}>{t('quiz.attempts')}</TextLink>}
        {waiting > 0 && <TextLink to={paths.waitingAnswers}>{t('quiz.toRead')}</TextLink>}
        {taken > 0 && (
          <TextLink to={paths.questionResults(assignment.id)}>{t('quiz.questionResults')}</TextLink>
        )}
        {total > 0 && (
          <TextLink to={paths.quizExtensions(assignment.id)}>{t('quiz.extensions')}</TextLink>
        )}
        <TextLink to={paths.reports}>{t('quiz.reports')}</TextLink>
      </div>
    </Card>
  )
}
