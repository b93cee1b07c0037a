import { ArrowDownTrayIcon, ArrowUturnLeftIcon, UsersIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Button, LinkButton } from '@/components/ui/button'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/config/paths'
import { formatMoment, formatRelative } from '@/lib/format'
import { fetchFile, saveFile } from '@/lib/jobs/file'
import { ImportCounts } from './import-counts'
import { importQuery, type TeacherImport } from './import-queries'
import { ImportRows } from './import-rows'

const UndoImportDialog = lazy(async () => ({
  default: (await import('./undo-import-dialog')).UndoImportDialog,
}))

interface ImportResultProps {
  importId: string
  onAgain: () => void
}

/** What an import did, as long as its report is kept. */
export function ImportResult({ importId, onAgain }: ImportResultProps) {
  const { t } = useTranslation('teachers')
  const { data, error, isFetching, refetch } = useQuery(importQuery(importId))
  if (data) return <Report made={data} onAgain={onAgain} />
  return error ? (
    <ErrorState
      title={t('import.result.failed')}
      error={error}
      onRetry={() => void refetch()}
      retrying={isFetching}
    />
  ) : (
    <Skeleton label={t('import.result.loading')}>
      <Bone className="h-64" />
    </Skeleton>
  )
}

function Report({ made, onAgain }: { made: TeacherImport; onAgain: () => void }) {
  const { t } = useTranslation('teachers')
  const heading = useRef<HTMLHeadingElement>(null)
  const [isUndoing, setUndoing] = useState(false)
  const [failed, setFailed] = useState(false)
  const { created } = made.counts
  const { undo_until: until, undone_at: undone } = made
  // Read once: the button goes away when the page is opened again.
  const [openedAt] = useState(Date.now)
  const canUndo = !undone && until !== null && created > 0 && Date.parse(until) > openedAt
  useEffect(() => heading.current?.focus(), [])

  const download = async () => {
    setFailed(false)
    try {
      const url = `/api/teachers/import/${made.id ?? ''}/result`
      saveFile(await fetchFile(url, `${made.file_name} result.csv`))
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <h2
        ref={heading}
        tabIndex={-1}
        className="text-xl font-bold outline-none focus-visible:shadow-none"
      >
        {created === 0 ? t('import.result.none') : t('import.result.title', { count: created })}
      </h2>
      {created > 0 && !undone && <p className="mb-4 text-ink-soft">{t('import.result.text')}</p>}
      {undone && (
        <Notice tone="info" className="my-4">
          {t('import.result.undone', { when: formatRelative(undone) })}
        </Notice>
      )}
      <ImportCounts counts={made.counts} />
      <div className="my-5 flex flex-wrap gap-3">
        <LinkButton to={`${paths.teachers}?ordering=-created_at`}>
          <UsersIcon aria-hidden="true" className="size-5" />
          {t('import.result.toPeople')}
        </LinkButton>
        <Button look="secondary" onClick={() => void download()}>
          <ArrowDownTrayIcon aria-hidden="true" className="size-5" />
          {t('import.result.download')}
        </Button>
        <Button look="secondary" onClick={onAgain}>
          {t('import.result.again')}
        </Button>
      </div>
      {failed && (
        <Notice tone="danger" role="alert" className="mb-5">
          {t('import.result.downloadFailed')}
        </Notice>
      )}
      {canUndo && (
        <div className="mb-5 flex flex-wrap items-center justify-between gap-3 rounded-card border border-line bg-surface px-5 py-3">
          <p>{t('import.result.undoUntil', { moment: formatMoment(until) })}</p>
          <Button look="secondary" onClick={() => setUndoing(true)}>
            <ArrowUturnLeftIcon aria-hidden="true" className="size-5" />
            {t('import.result.undo')}
          </Button>
        </div>
      )}
      <ImportRows rows={made.rows} isDryRun={false} />
      <Suspense>
        {isUndoing && <UndoImportDialog made={made} onClose={() => setUndoing(false)} />}
      </Suspense>
    </>
  )
}
