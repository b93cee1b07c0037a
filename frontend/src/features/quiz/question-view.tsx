import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { RadioGroup } from '@/components/ui/radio-group'
import { TextArea } from '@/components/ui/text-area'
import type { GivenAnswer, Question } from './queries'

/** As the API has it. */
const MAX_ANSWER = 2000

interface QuestionViewProps {
  question: Question
  number: number
  count: number
  answer: GivenAnswer | undefined
  onAnswer: (answer: GivenAnswer) => void
  /** After a step within the quiz; the first question of a visit leaves the focus on the page's heading. */
  takesFocus: boolean
}

/** One question. Mount it anew (`key`) for another. */
export function QuestionView({
  question,
  number,
  count,
  answer,
  onAnswer,
  takesFocus,
}: QuestionViewProps) {
  const { t } = useTranslation('quiz')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
    // Only when it appears.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  return (
    <>
      <h2
        ref={heading}
        tabIndex={-1}
        className="mb-3 text-sm font-semibold text-brand-strong outline-none focus-visible:shadow-none"
      >
        {t('question.number', { number, count })}
        {question.points !== 1 && (
          <span className="font-normal text-ink-soft">
            {' · '}
            {t('question.points', { count: question.points })}
          </span>
        )}
      </h2>
      {question.kind === 'MCQ' ? (
        <RadioGroup
          label={question.prompt}
          options={(question.options ?? []).map(({ id, text }) => ({ value: id, label: text }))}
          value={answer?.option_id}
          onChange={(id) => onAnswer({ option_id: id })}
          className="[&>legend]:mb-4 [&>legend]:text-lg"
        />
      ) : (
        <TextArea
          label={question.prompt}
          hint={t('question.shortHint')}
          rows={3}
          limit={MAX_ANSWER}
          value={answer?.text ?? ''}
          onChange={(event) => onAnswer({ text: event.target.value })}
          className="[&>label]:text-lg"
        />
      )}
    </>
  )
}
