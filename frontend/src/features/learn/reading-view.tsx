import { ArrowTopRightOnSquareIcon, CheckIcon } from '@heroicons/react/20/solid'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button, NewTabLinkButton } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import type { Content } from '@/lib/api/operations'
import { useSessionStore } from '@/lib/auth/session-store'
import { RichText } from '@/components/rich-text'
import { safeHref } from '@/lib/safe-href'
import { useCompleteContent } from './use-progress'

interface ReadingViewProps {
  content: Content
  outline: ReactNode
  below: ReactNode
}

/** Text, document or link, with the course's outline beside it. */
export function ReadingView({ content, outline, below }: ReadingViewProps) {
  const { t } = useTranslation('teacher')
  return (
    <div className="mt-4 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0">
        <div className="rounded-card border border-line bg-surface p-5 sm:p-8">
          <Body content={content} />
          {content.status !== 'COMPLETED' && <MarkDone content={content} />}
        </div>
        {below}
      </div>
      <section
        aria-label={t('outline.title')}
        className="rounded-card border border-line bg-surface py-4"
      >
        {outline}
      </section>
    </div>
  )
}

/** What is read is done when its reader says so. */
function MarkDone({ content }: { content: Content }) {
  const { t } = useTranslation('teacher')
  const { t: tCommon } = useTranslation()
  const isVisit = useSessionStore((state) => state.visit !== null)
  const complete = useCompleteContent(content)
  if (isVisit) return null
  return (
    <div className="mt-8 border-t border-line pt-5">
      {complete.isError && (
        <Notice tone="danger" role="alert" className="mb-4">
          <strong>{t('done.notMarked')}</strong> {describeError(complete.error, tCommon)}
        </Notice>
      )}
      <Button pending={complete.isPending} onClick={() => complete.mutate()}>
        {!complete.isPending && <CheckIcon aria-hidden="true" className="size-5" />}
        {t('done.mark')}
      </Button>
    </div>
  )
}

function Body({ content }: { content: Content }) {
  const { t } = useTranslation('teacher')
  switch (content.content_type) {
    case 'TEXT':
      return content.text ? <RichText html={content.text} /> : <p>{t('content.noText')}</p>
    case 'DOCUMENT':
      return (
        <Elsewhere
          href={content.file_url}
          intro={t('content.documentIntro')}
          action={t('content.openDocument')}
          missing={t('content.noDocument')}
        />
      )
    default:
      return (
        <Elsewhere
          href={content.url}
          intro={t('content.linkIntro', { host: hostOf(content.url) })}
          action={t('content.openLink')}
          missing={t('content.noLink')}
        />
      )
  }
}

const hostOf = (url: string | null): string => {
  const href = safeHref(url)
  return href ? new URL(href, location.origin).host : ''
}

interface ElsewhereProps {
  href: string | null
  intro: string
  action: string
  missing: string
}

function Elsewhere({ href, intro, action, missing }: ElsewhereProps) {
  const { t } = useTranslation('teacher')
  const target = safeHref(href)
  if (!target) return <p>{missing}</p>
  return (
    <>
      <p className="max-w-prose">{intro}</p>
      <NewTabLinkButton href={target} className="mt-5">
        {action}
        <ArrowTopRightOnSquareIcon aria-hidden="true" className="size-5 shrink-0" />
        <span className="sr-only">{t('content.newTab')}</span>
      </NewTabLinkButton>
    </>
  )
}
