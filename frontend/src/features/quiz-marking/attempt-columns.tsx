import type { TFunction } from 'i18next'
import type { Column } from '@/components/data-table/column'
import { Badge } from '@/components/ui/badge'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatMoment, formatPercent } from '@/lib/format'
import { AttemptState } from './attempt-state'
import type { Attempt } from './queries'

interface Context {
  t: TFunction<'quiz-marking'>
  assignmentId: string
  timeZone: string | undefined
}

export const attemptColumns = ({ t, assignmentId, timeZone }: Context): Column<Attempt>[] => [
  {
    id: 'person',
    header: t('attempts.column.person'),
    sortKey: 'name',
    isRowHeader: true,
    cell: ({ id, teacher }) => (
      <>
        <TextLink to={paths.attempt(assignmentId, id)} className="min-h-8">
          {teacher.name}
        </TextLink>
        <span className="block text-sm font-normal break-all text-ink-soft">{teacher.email}</span>
      </>
    ),
  },
  {
    id: 'number',
    header: t('attempts.column.number'),
    wideOnly: true,
    cell: ({ number, quiz_version: version }) => (
      <>
        {t('attempts.number', { number })}
        <span className="block text-sm text-ink-soft">{t('attempts.version', { version })}</span>
      </>
    ),
  },
  {
    id: 'submitted',
    header: t('attempts.column.submitted'),
    sortKey: 'submitted_at',
    cell: ({ submitted_at: at, is_late: late }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        {at === null ? t('attempts.notYet') : formatMoment(at, timeZone)}
        {late && <Badge tone="warning">{t('attempts.late')}</Badge>}
      </span>
    ),
  },
  {
    id: 'state',
    header: t('attempts.column.state'),
    cell: (attempt) => <AttemptState attempt={attempt} />,
  },
  {
    id: 'score',
    header: t('attempts.column.score'),
    sortKey: 'score',
    align: 'end',
    cell: ({ score }) => (score === null ? t('attempts.notYet') : formatPercent(score)),
  },
]
