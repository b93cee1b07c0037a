import {
  CheckCircleIcon,
  ExclamationTriangleIcon,
  UserCircleIcon,
} from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { StatCard } from '@/components/stat-card'
import { formatNumber } from '@/lib/format'
import type { TeacherImport } from './import-queries'

interface ImportCountsProps {
  counts: TeacherImport['counts']
  /** Nothing has happened yet. */
  isDryRun?: boolean
}

/** How many rows come through, are known already, and are wrong. */
export function ImportCounts({ counts, isDryRun = false }: ImportCountsProps) {
  const { t } = useTranslation('teachers')
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <StatCard
        label={isDryRun ? t('import.check.ready') : t('import.outcome.created')}
        value={formatNumber(counts.created)}
        icon={CheckCircleIcon}
      />
      <StatCard
        label={t('import.check.skipped')}
        value={formatNumber(counts.skipped)}
        icon={UserCircleIcon}
      />
      <StatCard
        label={t('import.check.wrong')}
        value={formatNumber(counts.error)}
        icon={ExclamationTriangleIcon}
      />
    </div>
  )
}
