import { PaperClipIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { formatBytes, formatMoment } from '@/lib/format'
import type { TaskDetail } from './queries'

/** What lies with the school now. */
export function HandedIn({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('tasks')
  return (
    <Card
      className="mt-5"
      title={t('handedIn.title')}
      description={
        task.submitted_at && t('handedIn.when', { when: formatMoment(task.submitted_at) })
      }
    >
      {task.submission_text && <p className="whitespace-pre-line">{task.submission_text}</p>}
      {task.files.length > 0 && (
        <ul className="mt-3 space-y-1">
          {task.files.map((file) => (
            <li key={file.file_id}>
              <a
                href={file.url}
                target="_blank"
                rel="noopener noreferrer"
                className="inline-flex min-h-11 items-center gap-2 font-semibold text-brand-strong underline-offset-4 hover:underline"
              >
                <PaperClipIcon aria-hidden="true" className="size-5 shrink-0" />
                <span className="min-w-0 break-all">{file.file_name}</span>
                <span className="font-normal whitespace-nowrap text-ink-soft">
                  {formatBytes(file.size_bytes)}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
