import { ArrowDownTrayIcon, CheckBadgeIcon } from '@heroicons/react/24/outline'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { formatDate, formatNumber } from '@/lib/format'
import { fetchFile, saveFile } from '@/lib/jobs/file'
import { type Certificate, grouped } from './queries'

/** One certificate: the PDF for the person, the address for whoever should believe it. */
export function CertificateCard({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation('certificates')
  const { t: tCommon } = useTranslation()
  const { course_title: title, estimated_hours: hours, code } = certificate
  const save = useMutation({
    mutationFn: async () =>
      saveFile(await fetchFile(certificate.file_url, `certificate-${code.slice(0, 8)}.pdf`)),
  })
  return (
    <article className="flex w-full flex-col rounded-card border border-line bg-surface p-5 sm:p-6">
      <div className="flex gap-4">
        <CheckBadgeIcon aria-hidden="true" className="size-10 shrink-0 text-success" />
        <div className="min-w-0">
          <h2 className="text-lg leading-snug font-bold">{title}</h2>
          <p className="mt-1 text-ink-soft">
            {t('completed', { date: formatDate(certificate.issued_at) })}
            {hours !== null && ` · ${t('hours', { count: hours, hours: formatNumber(hours) })}`}
          </p>
          <p className="mt-1 text-sm wrap-anywhere text-ink-soft">
            {t('code')} <span className="font-mono">{grouped(code)}</span>
          </p>
        </div>
      </div>
      {save.isError && (
        <Notice tone="danger" role="alert" className="mt-4">
          <strong>{t('notSaved')}</strong> {describeError(save.error, tCommon)}
        </Notice>
      )}
      <div className="mt-auto flex flex-wrap items-center gap-3 pt-4">
        <Button pending={save.isPending} onClick={() => save.mutate()}>
          {!save.isPending && <ArrowDownTrayIcon aria-hidden="true" className="size-5" />}
          {t('download')}
          <span className="sr-only">: {title}</span>
        </Button>
        <CopyButton text={certificate.verify_url} label={t('copy')} />
        <TextLink to={paths.certificate(code)}>
          {t('show')}
          <span className="sr-only">: {title}</span>
        </TextLink>
      </div>
    </article>
  )
}
