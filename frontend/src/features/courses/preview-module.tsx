import { ArrowTopRightOnSquareIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { RichText } from '@/components/rich-text'
import { NewTabLinkButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { formatDuration } from '@/lib/format'
import { safeHref } from '@/lib/safe-href'
import { KIND_ICONS } from './kinds'
import type { Content, Module } from './queries'

export function PreviewModule({ module }: { module: Module }) {
  const { t } = useTranslation('courses')
  return (
    <Card title={module.title} description={module.description}>
      {module.contents.length === 0 && <p className="text-ink-soft">{t('module.noItems')}</p>}
      <ol className="divide-y divide-line">
        {module.contents.map((content) => {
          const Icon = KIND_ICONS[content.content_type]
          return (
            <li key={content.id} className="flex gap-3 py-5 first:pt-0 last:pb-0">
              <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-ink-soft" />
              <div className="min-w-0 flex-1">
                <h3 className="font-semibold">{content.title}</h3>
                <p className="mb-2 text-sm text-ink-soft">
                  {t(`kind.${content.content_type}`)}
                  {content.duration_seconds !== null &&
                    ` · ${formatDuration(content.duration_seconds)}`}
                  {!content.is_mandatory && ` · ${t('outline.optional')}`}
                </p>
                <Body content={content} />
              </div>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

function Body({ content }: { content: Content }) {
  const { t } = useTranslation('courses')
  switch (content.content_type) {
    case 'TEXT':
      return content.text ? <RichText html={content.text} /> : <p>{t('preview.noText')}</p>
    case 'VIDEO':
      return content.video_status === 'READY' ? null : (
        <p className="text-ink-soft">{t('preview.videoNotReady')}</p>
      )
    case 'DOCUMENT':
      return <Opener href={content.file_url} label={t('content.openFile')} />
    default:
      return <Opener href={content.url} label={t('content.openLink')} />
  }
}

function Opener({ href, label }: { href: string | null; label: string }) {
  const safe = safeHref(href)
  return safe === null ? null : (
    <NewTabLinkButton look="secondary" href={safe}>
      {label}
      <ArrowTopRightOnSquareIcon aria-hidden="true" className="size-4" />
    </NewTabLinkButton>
  )
}
