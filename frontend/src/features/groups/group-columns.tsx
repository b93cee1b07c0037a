import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { Badge } from '@/components/ui/badge'
import { paths } from '@/config/paths'
import { formatDate, formatNumber } from '@/lib/format'
import type { Group } from './queries'

export const groupColumns = (t: TFunction<'groups'>): Column<Group>[] => [
  {
    id: 'name',
    header: t('column.name'),
    isRowHeader: true,
    cell: ({ id, name }) => (
      <Link
        to={paths.group(id)}
        className="inline-flex min-h-8 items-center wrap-anywhere text-brand-strong underline-offset-4 hover:underline"
      >
        {name}
      </Link>
    ),
  },
  {
    id: 'kind',
    header: t('column.kind'),
    cell: ({ kind }) => <Badge>{t(`kind.${kind}`)}</Badge>,
  },
  {
    id: 'members',
    header: t('column.members'),
    align: 'end',
    cell: ({ member_count: count }) => formatNumber(count),
  },
  {
    id: 'courses',
    header: t('column.courses'),
    align: 'end',
    cell: ({ course_count: count }) => formatNumber(count),
  },
  {
    id: 'created',
    header: t('column.created'),
    wideOnly: true,
    cell: ({ created_at: at }) => formatDate(at),
  },
]
