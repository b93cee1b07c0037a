import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { Avatar } from '@/components/ui/avatar'
import { ProgressBar } from '@/components/ui/progress-bar'
import { StatusChip } from '@/components/ui/status-chip'
import { formatNumber, formatPercent } from '@/lib/format'
import { type Member, nameOf } from './queries'

/** The same list with one person's details before it. */
function personHref(params: URLSearchParams, id: string): string {
  const next = new URLSearchParams(params)
  next.set('person', id)
  return `?${next.toString()}`
}

export function useTeamColumns(): Column<Member>[] {
  const { t } = useTranslation('team')
  const [params] = useSearchParams()
  return useMemo(
    () => [
      {
        id: 'person',
        header: t('column.person'),
        isRowHeader: true,
        cell: (member) => (
          <span className="flex items-center gap-3">
            <Avatar name={nameOf(member)} src={member.profile_picture_url} />
            <span className="min-w-0">
              <Link
                to={personHref(params, member.id)}
                className="block py-0.5 font-semibold text-brand-strong underline-offset-4 hover:underline"
              >
                {nameOf(member)}
              </Link>
              <span className="block text-sm font-normal text-ink-soft">
                {[member.designation, member.department].filter(Boolean).join(' · ') ||
                  member.email}
              </span>
            </span>
          </span>
        ),
      },
      {
        id: 'progress',
        header: t('column.progress'),
        cell: (member) => (
          <div className="flex min-w-32 items-center gap-3">
            <ProgressBar
              percentage={member.overall_progress}
              label={t('progressOf', { name: nameOf(member) })}
              className="flex-1"
            />
            <span aria-hidden="true" className="w-12 text-right font-semibold tabular-nums">
              {formatPercent(member.overall_progress)}
            </span>
          </div>
        ),
      },
      {
        id: 'completed',
        header: t('column.completed'),
        align: 'end',
        cell: (member) =>
          t('ofCourses', { done: member.completed_courses, count: member.courses.length }),
      },
      {
        id: 'overdue',
        header: t('column.overdue'),
        cell: (member) =>
          member.overdue_count > 0 ? (
            <StatusChip tone="danger">{t('overdue', { count: member.overdue_count })}</StatusChip>
          ) : (
            <span className="text-ink-soft">{t('nothingOverdue')}</span>
          ),
      },
      {
        id: 'handedIn',
        header: t('column.handedIn'),
        wideOnly: true,
        cell: (member) => (
          <>
            {formatNumber(member.submission_count)}
            {member.waiting_count > 0 && (
              <span className="text-sm text-ink-soft">
                {' '}
                {t('waiting', { count: member.waiting_count })}
              </span>
            )}
          </>
        ),
      },
    ],
    [t, params],
  )
}
