import { CheckCircleIcon, ExclamationTriangleIcon, XCircleIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextButton, TextLink } from '@/components/ui/text-link'
import { describeError } from '@/lib/api/describe-error'
import { showToast } from '@/lib/toasts'
import { useEditorAddress } from './editor-address'
import { Pane } from './pane'
import { type Check, publishChecks } from './publish-checks'
import { type Course, courseWorkQuery } from './queries'
import { usePublish } from './writes'

interface PublishPaneProps {
  course: Course
  onAssign: () => void
  /** Leads to where a first item can be added. */
  onBegin: () => void
}

/** What stands in the way of publishing, or is worth a look before, and the step itself. */
export function PublishPane({ course, onAssign, onBegin }: PublishPaneProps) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const { data: work = [] } = useQuery(courseWorkQuery(course.id))
  const publish = usePublish(course.id)
  const [asks, setAsks] = useState(false)
  const { title, is_published: isPublished } = course
  const checks = publishChecks(course, work, t)

  const go = async (action: 'publish' | 'unpublish') => {
    try {
      await publish.mutateAsync(action)
      setAsks(false)
      showToast(
        action === 'publish'
          ? t('publish.published', { title })
          : t('publish.unpublished', { title }),
      )
    } catch {
      // It stands on the page, or in the question.
    }
  }
  return (
    <Pane title={t('publish.title')}>
      <p className="text-ink-soft">
        {isPublished ? t('publish.publishedText') : t('publish.draftText')}
      </p>
      {(checks.length > 0 || !isPublished) && (
        <h3 className="mt-5 mb-2 font-semibold">
          {isPublished ? t('publish.checkPublished') : t('publish.check')}
        </h3>
      )}
      {checks.length === 0 ? (
        <p className="mt-2 flex items-center gap-2 font-medium text-success">
          <CheckCircleIcon aria-hidden="true" className="size-5 shrink-0" />
          {t('publish.allGood')}
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {checks.map((check) => (
            <CheckLine key={check.id} check={check} onAssign={onAssign} onBegin={onBegin} />
          ))}
        </ul>
      )}
      {publish.isError && !asks && (
        <Notice tone="danger" role="alert" className="mt-4">
          <strong>{t('publish.failed')}</strong> {describeError(publish.error, tCommon)}
        </Notice>
      )}
      <div className="mt-6">
        {isPublished ? (
          <Button look="secondary" onClick={() => setAsks(true)}>
            {t('publish.unpublish')}
          </Button>
        ) : (
          <Button pending={publish.isPending} onClick={() => void go('publish')}>
            {t('publish.publish')}
          </Button>
        )}
      </div>
      {asks && (
        <ConfirmDialog
          title={t('publish.unpublishTitle', { title })}
          body={t('publish.unpublishText')}
          confirmLabel={t('publish.unpublishConfirm')}
          onConfirm={() => void go('unpublish')}
          onClose={() => setAsks(false)}
          pending={publish.isPending}
          error={publish.error}
        />
      )}
    </Pane>
  )
}

interface CheckLineProps {
  check: Check
  onAssign: () => void
  onBegin: () => void
}

function CheckLine({ check: { isNeeded, text, fix, to }, onAssign, onBegin }: CheckLineProps) {
  const { t } = useTranslation('courses')
  const { open } = useEditorAddress()
  const Icon = isNeeded ? XCircleIcon : ExclamationTriangleIcon
  const act = () => {
    if (to === 'assign') onAssign()
    else if (to === 'begin') onBegin()
    else if ('item' in to) open(to.item)
  }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
      <span className="flex min-w-0 flex-1 basis-64 items-start gap-3 py-2">
        <Icon
          aria-hidden="true"
          className={isNeeded ? 'size-5 shrink-0 text-danger' : 'size-5 shrink-0 text-warning'}
        />
        <span>
          <span className="sr-only">{isNeeded ? t('publish.mustFix') : t('publish.mayFix')}: </span>
          {text}
        </span>
      </span>
      {typeof to === 'object' && 'path' in to ? (
        <TextLink to={to.path}>{fix}</TextLink>
      ) : (
        <TextButton onClick={act}>{fix}</TextButton>
      )}
    </li>
  )
}
