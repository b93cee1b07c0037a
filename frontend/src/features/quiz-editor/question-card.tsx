import { CheckIcon, PencilSquareIcon, TrashIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import type { Question, VideoPlace } from './queries'
import { QuestionAnswers } from './question-answers'
import { QuestionEvidence } from './question-evidence'
import { QuestionFlags } from './question-flags'
import { QuestionState } from './question-state'

interface QuestionCardProps {
  question: Question
  number: number
  place: VideoPlace | null
  /** What the last attempt to change it threw. */
  error: unknown
  pending: boolean
  /** The way to correct it for everybody who has answered it; null: nobody has. */
  mend: ReactNode
  /** In place of the question: the form in which it is edited. */
  form: ReactNode
  onAccept: () => void
  onEdit: () => void
  onReject: () => void
  onDelete: () => void
}

/** A question beside what the video says, and what can be thought of it. */
export function QuestionCard({
  question,
  number,
  place,
  error,
  pending,
  mend,
  form,
  onAccept,
  onEdit,
  onReject,
  onDelete,
}: QuestionCardProps) {
  const { t } = useTranslation('quiz-editor')
  const { t: tCommon } = useTranslation()
  const { review, explanation, points, kind, origin } = question
  const named = (action: string) => t('card.named', { action, number })
  if (form) return form
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-bold">{t('card.number', { number })}</h3>
        <QuestionState review={review} />
        <p className="text-sm text-ink-soft">
          {t(`kind.${kind}`)} · {t('card.points', { count: points })} · {t(`origin.${origin}`)}
        </p>
      </div>
      <div className={clsx('mt-3 space-y-4', review === 'REJECTED' && 'text-ink-soft')}>
        <p className="text-lg font-semibold">{question.prompt}</p>
        <QuestionAnswers question={question} />
        {explanation && (
          <p>
            <span className="font-semibold">{t('card.explanation')}:</span> {explanation}
          </p>
        )}
        {review === 'REJECTED' && question.review_reason && (
          <p>{t('card.reason', { reason: question.review_reason })}</p>
        )}
        {question.evidence && (
          <QuestionEvidence
            evidence={question.evidence}
            place={place}
            saidNow={question.said_now}
          />
        )}
      </div>
      <div className="mt-4 empty:hidden">
        <QuestionFlags questionId={question.id} number={number} />
      </div>
      {error != null && (
        <Notice tone="danger" role="alert" className="mt-4">
          <strong>{t('card.failed')}</strong> {describeError(error, tCommon)}
        </Notice>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {review !== 'ACCEPTED' && (
          <Button pending={pending} aria-label={named(t('card.accept'))} onClick={onAccept}>
            <CheckIcon aria-hidden="true" className="size-5" />
            {t('card.accept')}
          </Button>
        )}
        <Button look="secondary" aria-label={named(t('card.edit'))} onClick={onEdit}>
          <PencilSquareIcon aria-hidden="true" className="size-5" />
          {t('card.edit')}
        </Button>
        {review !== 'REJECTED' && (
          <Button look="secondary" aria-label={named(t('card.reject'))} onClick={onReject}>
            <XMarkIcon aria-hidden="true" className="size-5" />
            {t('card.reject')}
          </Button>
        )}
        {mend}
        <Button
          look="quiet"
          className="text-danger!"
          aria-label={named(t('card.delete'))}
          onClick={onDelete}
        >
          <TrashIcon aria-hidden="true" className="size-5" />
          {t('card.delete')}
        </Button>
      </div>
    </>
  )
}
