import { EnvelopeIcon, UserCircleIcon } from '@heroicons/react/20/solid'
import { TableCellsIcon } from '@heroicons/react/24/outline'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { DataTable } from '@/components/data-table/data-table'
import { EmptyState } from '@/components/feedback/empty-state'
import { Select } from '@/components/ui/select'
import { StatusChip } from '@/components/ui/status-chip'
import { paths } from '@/config/paths'
import { formatNumber } from '@/lib/format'
import { describeRowProblem } from './describe-import'
import type { ImportedRow } from './import-queries'

type Outcome = ImportedRow['status']
const OUTCOMES = ['created', 'skipped', 'error'] as const satisfies readonly Outcome[]
const PAGE_SIZE = 50

const LOOKS = {
  created: { tone: 'success' },
  skipped: { tone: 'neutral', icon: UserCircleIcon },
  error: { tone: 'danger' },
} as const

interface ImportRowsProps {
  rows: readonly ImportedRow[]
  /** Nothing has happened yet. */
  isDryRun: boolean
  /** What is shown first. */
  startWith?: Outcome | ''
}

/** What becomes of each row of the file. */
export function ImportRows({ rows, isDryRun, startWith = '' }: ImportRowsProps) {
  const { t } = useTranslation('teachers')
  const [outcome, setOutcome] = useState<Outcome | ''>(startWith)
  const [page, setPage] = useState(1)
  const matching = rows.filter(({ status }) => outcome === '' || status === outcome)
  const nameOf = (status: Outcome) =>
    t(`import.outcome.${isDryRun && status === 'created' ? 'ready' : status}`)

  const columns: Column<ImportedRow>[] = [
    {
      id: 'row',
      header: t('import.column.row'),
      cell: ({ row }) => formatNumber(row),
    },
    {
      id: 'email',
      header: t('import.column.email'),
      isRowHeader: true,
      cell: ({ email, user_id: id }) => {
        const name = email || t(isDryRun ? 'import.noAddress' : 'import.addressNotKept')
        return id === null ? (
          <span className="font-medium wrap-anywhere">{name}</span>
        ) : (
          <Link
            to={paths.teacher(id)}
            className="inline-flex min-h-6 items-center wrap-anywhere text-brand-strong underline-offset-4 hover:underline"
          >
            {name}
          </Link>
        )
      },
    },
    {
      id: 'outcome',
      header: t('import.column.outcome'),
      cell: ({ status }) => (
        <StatusChip
          {...LOOKS[status]}
          {...(status === 'created' && !isDryRun && { icon: EnvelopeIcon })}
        >
          {nameOf(status)}
        </StatusChip>
      ),
    },
    {
      id: 'problems',
      header: t('import.column.problems'),
      cell: ({ errors }) =>
        errors.length === 0 ? (
          '–'
        ) : (
          <ul className="space-y-1 max-sm:text-left">
            {errors.map((problem) => (
              <li key={problem.field + problem.code + problem.message} className="wrap-anywhere">
                {describeRowProblem(problem, t)}
              </li>
            ))}
          </ul>
        ),
    },
  ]
  return (
    <>
      <Select
        label={t('import.show')}
        value={outcome}
        onChange={(value) => {
          setOutcome(value)
          setPage(1)
        }}
        options={[
          { value: '', label: `${t('import.all')} (${formatNumber(rows.length)})` },
          ...OUTCOMES.map((value) => ({
            value,
            label: `${nameOf(value)} (${formatNumber(rows.filter(({ status }) => status === value).length)})`,
          })),
        ]}
        className="mb-4 sm:w-64"
      />
      <DataTable
        label={t('import.rows')}
        columns={columns}
        rows={matching.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
        rowKey={({ row }) => String(row)}
        isPending={false}
        pagination={{ page, pageSize: PAGE_SIZE, count: matching.length, setPage }}
        empty={
          <EmptyState icon={TableCellsIcon} title={t('import.noRows')}>
            {t('import.noRowsText')}
          </EmptyState>
        }
      />
    </>
  )
}
