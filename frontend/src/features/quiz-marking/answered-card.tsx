import { CheckIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { MendButton } from '@/components/mending/mend-button'
import { Button } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import { showToast } from '@/lib/toasts'
import { GivenAnswer } from './given-answer'
import { type AnsweredQuestion, type AttemptDetail, useDecide } from './queries'
import { VerdictChip } from './verdict-chip'

interface AnsweredCardProps {
  attempt: AttemptDetail
  question: AnsweredQuestion
}

/** A question as it was asked, what was answered, and the ways to judge that otherwise. */
export function AnsweredCard({ attempt, question }: AnsweredCardProps) {
  const { t } = useTranslation('quiz-marking')
  const { t: tCommon } = useTranslation()
  const decide = useDecide()
  const { order: number, verdict, answer } = question
  const isOpen = attempt.state === 'OPEN'
  const named = (action: string) => t('attempt.named', { action, number })
  const say = (isRight: boolean, acceptForAll = false) =>
    decide.mutate(
      {
        attemptId: attempt.id,
        questionId: question.id,
        isRight,
        acceptForAll,
        // Whoever is here sees who has decided it, and changes that on purpose.
        overrule: question.decided_by !== null,
      },
      { onSuccess: () => showToast(t('attempt.decided')) },
    )
  const isTyped = question.kind === 'SHORT_ANSWER' && answer !== null
  return (
    <article className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-bold">{t('attempt.question', { number })}</h3>
        <VerdictChip question={question} />
        <p className="text-sm text-ink-soft">
          {t('attempt.points', { count: question.points })}
          {question.decided_by !== null &&
            ` · ${question.decided_by ? t('attempt.decidedBy', { name: question.decided_by }) : t('attempt.decidedByPerson')}`}
        </p>
      </div>
      <p className="mt-3 text-lg font-semibold">{question.prompt}</p>
      <GivenAnswer question={question} isOpen={isOpen} />
      {question.explanation && <p className="mt-3 text-ink-soft">{question.explanation}</p>}
      {question.evidence && (
        <blockquote className="mt-3 border-l-4 border-line pl-4 text-ink-soft">
          “{question.evidence.quote}”
        </blockquote>
      )}
      {decide.error && (
        <Notice tone="danger" role="alert" className="mt-4">
          {describeError(decide.error, tCommon)}
        </Notice>
      )}
      {!question.is_withdrawn && (
        <div className="mt-4 flex flex-wrap gap-2">
          {!isOpen && verdict !== 'RIGHT' && (
            <Button
              look={verdict === 'NEEDS_REVIEW' ? 'primary' : 'secondary'}
              pending={decide.isPending}
              aria-label={named(t('judge.right'))}
              onClick={() => say(true)}
            >
              <CheckIcon aria-hidden="true" className="size-5" />
              {t('judge.right')}
            </Button>
          )}
          {!isOpen && verdict !== 'RIGHT' && isTyped && (
            <Button
              look="secondary"
              pending={decide.isPending}
              aria-label={named(t('judge.accept'))}
              onClick={() => say(true, true)}
            >
              {t('judge.accept')}
            </Button>
          )}
          {!isOpen && verdict !== 'WRONG' && (
            <Button
              look="secondary"
              pending={decide.isPending}
              aria-label={named(t('judge.wrong'))}
              onClick={() => say(false)}
            >
              <XMarkIcon aria-hidden="true" className="size-5" />
              {t('judge.wrong')}
            </Button>
          )}
          <MendButton
            assignmentId={attempt.assignment_id}
            question={question}
            label={t('attempt.mend')}
            name={named(t('attempt.mend'))}
          />
        </div>
      )}
    </article>
  )
}
