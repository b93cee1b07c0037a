import { ClockIcon } from '@heroicons/react/20/solid'
import type { TFunction } from 'i18next'
import type { Column } from '@/components/data-table/column'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { StatusChip } from '@/components/ui/status-chip'
import { formatMoment, formatNumber } from '@/lib/format'
import type { Assignment, Submission } from './queries'

interface Context {
  t: TFunction<'assignments'>
  assignment: Assignment
  timeZone: string | undefined
  onOpen: (submission: Submission) => void
}

export const submissionColumns = ({
  t,
  assignment,
  timeZone,
  onOpen,
}: Context): Column<Submission>[] => [
  {
    id: 'person',
    header: t('submissions.column.person'),
    isRowHeader: true,
    cell: ({ teacher_name: name, teacher_email: email }) => (
      <>
        <span className="font-semibold">{name}</span>
        <span className="block text-sm font-normal break-all text-ink-soft">{email}</span>
      </>
    ),
  },
  {
    id: 'submitted',
    header: t('submissions.column.submitted'),
    cell: ({ submitted_at: at, is_late: late }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        {at === null ? t('submissions.notYet') : formatMoment(at, timeZone)}
        {late && <Badge tone="warning">{t('submissions.late')}</Badge>}
      </span>
    ),
  },
  {
    id: 'state',
    header: t('submissions.column.state'),
    cell: ({ status }) => (
      <StatusChip
        tone={status === 'GRADED' ? 'success' : 'warning'}
        {...(status !== 'GRADED' && { icon: ClockIcon })}
      >
        {status === 'GRADED' ? t('submissions.graded') : t('submissions.waiting')}
      </StatusChip>
    ),
  },
  {
    id: 'files',
    header: t('submissions.column.files'),
    wideOnly: true,
    cell: ({ files }) =>
      files.length === 0
        ? t('submissions.noFiles')
        : t('submissions.files', { count: files.length }),
  },
  {
    id: 'score',
    header: t('submissions.column.score'),
    align: 'end',
    cell: ({ score }) =>
      score === null
        ? t('submissions.notYet')
        : t('submissions.score', {
            score: formatNumber(score),
            max: formatNumber(assignment.max_score),
          }),
  },
  {
    id: 'open',
    header: t('submissions.grade'),
    align: 'end',
    cell: (row) => {
      const action = row.status === 'GRADED' ? t('submissions.look') : t('submissions.grade')
      return (
        <Button
          look="secondary"
          aria-label={t('submissions.of', { action, name: row.teacher_name })}
          onClick={() => onOpen(row)}
        >
          {action}
        </Button>
      )
    },
  },
]
