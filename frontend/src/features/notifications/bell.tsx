import { BellIcon } from '@heroicons/react/24/outline'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Popover } from 'react-aria-components/Popover'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { TextButton } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { useSessionStore } from '@/lib/auth/session-store'
import { formatNumber } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { NoticeList } from './notice-list'
import { watchNotices } from './notice-stream'
import { latestQuery, noticeKeys, noticeSession, unreadQuery, useMarkRead } from './queries'
import { LEARNER_KEY } from '@/lib/learner-key'

/** The most that fits beside the bell. */
const MOST_SHOWN = 99

/** Keeps count and list as the server has them, and says what is new. */
function useLiveNotices() {
  const { t } = useTranslation('notices')
  const queries = useQueryClient()
  const session = useSessionStore(noticeSession)
  useEffect(() => {
    if (!session) return
    return watchNotices(session, (event) => {
      if (event.name === 'notification' && document.visibilityState === 'visible') {
        showToast(t('new', { title: event.notification.title }), 'info')
      }
      // What is new for somebody changes what their pages show: a course, a task, a grade.
      if (event.name === 'notification') void queries.invalidateQueries({ queryKey: LEARNER_KEY })
      if (event.name === 'unread') queries.setQueryData(noticeKeys.unread, event.count)
      // The server tells a count only when it differs from the one it told last, and it does not
      // tell of reading: one read and one new look to it like no change.
      else void queries.invalidateQueries({ queryKey: noticeKeys.unread })
      void queries.invalidateQueries({ queryKey: noticeKeys.lists })
    })
  }, [session, queries, t])
}

export function Bell({ portal }: { portal: 'admin' | 'teacher' }) {
  const { t } = useTranslation('notices')
  const [isOpen, setOpen] = useState(false)
  useLiveNotices()
  const { data: unread = 0 } = useQuery(unreadQuery)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton
        aria-label={unread > 0 ? t('bell', { count: unread }) : t('title')}
        className="relative flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-lg hover:bg-page"
      >
        <BellIcon aria-hidden="true" className="size-6" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-0.5 right-0 min-w-5 rounded-full bg-danger px-1 text-center text-xs leading-5 font-bold text-white"
          >
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : formatNumber(unread)}
          </span>
        )}
      </AriaButton>
      <Popover
        placement="bottom end"
        className="flex max-h-[80vh] w-96 max-w-[calc(100vw-1rem)] flex-col overflow-y-auto rounded-xl border border-line bg-surface shadow-lg data-[entering]:animate-fade-in"
      >
        <Dialog className="p-4 outline-none">
          <Latest portal={portal} unread={unread} onClose={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

interface LatestProps {
  portal: 'admin' | 'teacher'
  unread: number
  onClose: () => void
}

function Latest({ portal, unread, onClose }: LatestProps) {
  const { t } = useTranslation('notices')
  const { t: tCommon } = useTranslation()
  const isVisit = useSessionStore((state) => state.visit !== null)
  const latest = useQuery(latestQuery)
  const markRead = useMarkRead()
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <Heading slot="title" className="text-lg font-bold">
          {t('title')}
        </Heading>
        {unread > 0 && !isVisit && (
          <TextButton onClick={() => markRead.mutate(null)}>{t('markAll')}</TextButton>
        )}
      </div>
      {markRead.isError && (
        <Notice tone="danger" role="alert" className="my-2">
          <strong>{t('notMarked')}</strong> {describeError(markRead.error, tCommon)}
        </Notice>
      )}
      {latest.isPending && (
        <p role="status" className="py-4 text-ink-soft">
          {t('loading')}
        </p>
      )}
      {latest.isError && (
        <div role="alert" className="py-4">
          <p>
            <strong>{t('failed')}.</strong> {describeError(latest.error, tCommon)}
          </p>
          <TextButton onClick={() => void latest.refetch()}>{tCommon('action.retry')}</TextButton>
        </div>
      )}
      {latest.data?.length === 0 && <p className="py-4 text-ink-soft">{t('emptyText')}</p>}
      {latest.data && latest.data.length > 0 && (
        <NoticeList notices={latest.data} onRead={(id) => markRead.mutate(id)} onFollow={onClose} />
      )}
      <Link
        to={paths.notifications(portal)}
        onClick={onClose}
        className="flex min-h-11 items-center justify-center border-t border-line pt-2 font-semibold text-brand-strong underline-offset-4 hover:underline"
      >
        {t('all')}
      </Link>
    </>
  )
}
