import { ArrowDownTrayIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { formatBytes, formatMoment } from '@/lib/format'
import type { Submission } from './queries'

interface HandedInProps {
  submission: Submission
  timeZone: string | undefined
}

/** The work itself: its words, its files. */
export function HandedIn({ submission, timeZone }: HandedInProps) {
  const { t } = useTranslation('assignments')
  const { submitted_at: at, graded_at: gradedAt, files, text } = submission
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap items-center gap-2 text-ink-soft">
        {at !== null && t('grading.submitted', { time: formatMoment(at, timeZone) })}
        {submission.is_late && <Badge tone="warning">{t('submissions.late')}</Badge>}
        {gradedAt !== null && (
          <span>{t('grading.graded', { time: formatMoment(gradedAt, timeZone) })}</span>
        )}
      </p>
      <section aria-label={t('grading.text')}>
        {text ? (
          <p className="max-h-96 overflow-y-auto rounded-lg bg-page p-4 whitespace-pre-wrap">
            {text}
          </p>
        ) : (
          <p className="text-ink-soft">{t('grading.noText')}</p>
        )}
      </section>
      {files.length > 0 && (
        <section>
          <h3 className="mb-1 font-semibold">{t('grading.files')}</h3>
          <ul className="space-y-1">
            {files.map((file) => (
              <li key={file.file_id}>
                <a
                  href={file.url}
                  download={file.file_name}
                  aria-label={t('grading.download', { name: file.file_name })}
                  className="inline-flex min-h-11 max-w-full items-center gap-2 font-semibold text-brand-strong underline-offset-4 hover:underline"
                >
                  <ArrowDownTrayIcon aria-hidden="true" className="size-5 shrink-0" />
                  <span className="min-w-0 truncate">{file.file_name}</span>
                  <span className="shrink-0 text-sm font-normal text-ink-soft">
                    {formatBytes(file.size_bytes)}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
