import { UserPlusIcon } from '@heroicons/react/24/outline'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { describeImportError } from './describe-import'
import { ImportCounts } from './import-counts'
import type { TeacherImport } from './import-queries'
import { ImportRows } from './import-rows'

interface ImportCheckProps {
  found: TeacherImport
  onImport: () => void
  onOther: () => void
  pending: boolean
  error: unknown
}

/** What would become of every row, and the question whether it shall. */
export function ImportCheck({ found, onImport, onOther, pending, error }: ImportCheckProps) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  const { created: ready, error: wrong } = found.counts
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h2
        ref={heading}
        tabIndex={-1}
        className="text-xl font-bold outline-none focus-visible:shadow-none"
      >
        {t('import.check.title')}
      </h2>
      <p className="mb-4 wrap-anywhere text-ink-soft">
        {t('import.check.file', { name: found.file_name })}
      </p>
      <ImportCounts counts={found.counts} isDryRun />
      <div className="mt-4 space-y-3">
        {found.ignored_columns.length > 0 && (
          <Notice tone="info">
            {t('import.check.ignored', { columns: found.ignored_columns.join(', ') })}
          </Notice>
        )}
        {ready === 0 ? (
          <Notice tone="danger">{t('import.check.nothing')}</Notice>
        ) : (
          wrong > 0 && <Notice tone="info">{t('import.check.partial', { count: wrong })}</Notice>
        )}
        {error != null && (
          <Notice tone="danger" role="alert">
            <strong>{t('import.check.failed')}</strong> {describeImportError(error, t, tCommon)}
          </Notice>
        )}
      </div>
      <div className="my-5 flex flex-wrap items-center gap-3">
        {ready > 0 && (
          <Button pending={pending} onClick={onImport}>
            <UserPlusIcon aria-hidden="true" className="size-5" />
            {t('import.check.go', { count: ready })}
          </Button>
        )}
        {!pending && (
          <Button look="secondary" onClick={onOther}>
            {t('import.check.other')}
          </Button>
        )}
        <p role="status" className="text-ink-soft">
          {pending && t('import.check.working')}
        </p>
      </div>
      <ImportRows rows={found.rows} isDryRun startWith={wrong > 0 ? 'error' : ''} />
    </>
  )
}
