import { useTranslation } from 'react-i18next'
import { QuizReason } from '@/components/quiz-reason'
import { Card } from '@/components/ui/card'
import { StatusChip } from '@/components/ui/status-chip'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import type { VideoStatusView } from './queries'

type Made = VideoStatusView['assignments'][number]

const KINDS = { REFLECTION: 'reflection', QUIZ: 'quiz', MANUAL: 'manual' } as const

interface MadeFromVideoProps {
  assignments: readonly Made[]
  /** Whether nothing more is to be expected by itself. */
  isOver: boolean
}

/** The tasks that came out of the video, each with the way to it. */
export function MadeFromVideo({ assignments, isOver }: MadeFromVideoProps) {
  const { t } = useTranslation('uploads')
  if (assignments.length === 0 && isOver) return null
  return (
    <Card title={t('made.title')} level={3}>
      {assignments.length === 0 && <p className="text-ink-soft">{t('made.none')}</p>}
      <ul className="divide-y divide-line">
        {assignments.map((made) => (
          <li key={made.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 first:pt-0">
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-semibold">{made.title}</p>
              <p className="text-sm text-ink-soft">
                {t(`made.${KINDS[made.kind]}`)}
                {made.question_count !== null &&
                  ` · ${t('made.questions', { count: made.question_count })}`}
              </p>
              <QuizReason
                codes={made.reason_codes}
                sentence={made.reason}
                className="text-sm text-ink-soft"
              />
            </div>
            <StatusChip tone={made.is_published ? 'success' : 'neutral'}>
              {made.is_published ? t('made.published') : t('made.draft')}
            </StatusChip>
            <TextLink
              to={made.kind === 'QUIZ' ? paths.questions(made.id) : paths.assignment(made.id)}
            >
              {made.kind === 'QUIZ' ? t('made.review') : t('made.open')}
              <span className="sr-only">: {made.title}</span>
            </TextLink>
          </li>
        ))}
      </ul>
    </Card>
  )
}
