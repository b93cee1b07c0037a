import {
  ArrowPathIcon,
  ClockIcon,
  FlagIcon,
  QuestionMarkCircleIcon,
} from '@heroicons/react/24/outline'
import type { ComponentType, ReactNode, SVGProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatDay, formatDuration, formatPercent, spokenTime } from '@/lib/format'
import { attemptsLeft, type Quiz, type Task } from './queries'
import { StartButton } from './start-button'

/** The rules, before anything begins. */
export function QuizIntro({ quiz, task }: { quiz: Quiz; task: Task }) {
  const { t } = useTranslation('quiz')
  const left = attemptsLeft(quiz)
  const limit = quiz.time_limit_seconds
  return (
    <Card className="mt-6" title={t('intro.title')}>
      {task.instructions && <p className="whitespace-pre-line">{task.instructions}</p>}
      <ul className="mt-5 grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {quiz.questions.length > 0 && (
          <Fact icon={QuestionMarkCircleIcon}>
            {t('intro.questions', { count: quiz.questions.length })}
          </Fact>
        )}
        <Fact icon={FlagIcon}>
          {t('intro.passMark', { share: formatPercent(quiz.passing_score) })}
        </Fact>
        <Fact icon={ArrowPathIcon}>{t('intro.attempts', { count: left })}</Fact>
        <Fact icon={ClockIcon}>
          {limit === null ? (
            t('intro.noLimit')
          ) : (
            <>
              <span aria-hidden="true">{t('intro.limit', { time: formatDuration(limit) })}</span>
              <span className="sr-only">{t('intro.limit', { time: spokenTime(limit) })}</span>
            </>
          )}
        </Fact>
      </ul>
      <p className="mt-5 text-ink-soft">
        {limit === null ? t('intro.kept') : t('intro.keptTimed')}
        {task.due_date && ` ${t('intro.due', { date: formatDay(task.due_date) })}`}
      </p>
      <div className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-3">
        {left > 0 && <StartButton assignmentId={quiz.assignment_id} label={t('intro.start')} />}
        {task.content_id && (
          <TextLink to={paths.teacherContent(task.course_id, task.content_id)}>
            {t('intro.watch')}
          </TextLink>
        )}
      </div>
    </Card>
  )
}

interface FactProps {
  icon: ComponentType<SVGProps<SVGSVGElement>>
  children: ReactNode
}

function Fact({ icon: Icon, children }: FactProps) {
  return (
    <li className="flex items-start gap-3">
      <Icon aria-hidden="true" className="size-6 shrink-0 text-brand-strong" />
      <span>{children}</span>
    </li>
  )
}
