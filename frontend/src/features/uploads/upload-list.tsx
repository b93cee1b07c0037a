import { ChevronDownIcon } from '@heroicons/react/20/solid'
import { useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { useIsNarrow } from '@/lib/use-media-query'
import { refreshCourse, roomQuery } from './queries'
import { UploadRow } from './upload-row'
import { isUnfinished, removeFinished, type Upload, useUploads } from './upload-store'
import { milestoneOf } from './upload-words'

/** The uploads of this person, in a corner above the page. */
export function UploadList() {
  const { t } = useTranslation('uploads')
  const isNarrow = useIsNarrow()
  const [chosen, setOpen] = useState<boolean | null>(null)
  const uploads = useUploads((all) => all)
  useCourseRefresh(uploads)
  const open = uploads.filter(isUnfinished)
  // On a phone what is done would cover half of the page.
  const isOpen = chosen ?? !(isNarrow && uploads.every(({ phase }) => phase.kind === 'done'))
  return (
    <section
      aria-label={t('tray.label')}
      data-upload-tray
      className="fixed right-0 bottom-0 z-30 flex max-h-[60dvh] w-full flex-col overflow-hidden rounded-t-card border border-line bg-surface shadow-xl sm:right-4 sm:bottom-4 sm:w-96 sm:rounded-card"
    >
      <div className="flex items-center gap-2 border-b border-line bg-page pl-4">
        <h2 className="min-w-0 flex-1 truncate font-bold">
          {open.length > 0 ? t('tray.title', { count: open.length }) : t('tray.idle')}
        </h2>
        {open.length < uploads.length && uploads.some(({ phase }) => phase.kind === 'done') && (
          <Button look="quiet" onClick={removeFinished}>
            {t('tray.clear')}
          </Button>
        )}
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={isOpen ? t('tray.hide') : t('tray.show')}
          onClick={() => setOpen(!isOpen)}
          className="flex size-11 shrink-0 items-center justify-center rounded-lg hover:bg-line"
        >
          <ChevronDownIcon
            aria-hidden="true"
            className={clsx('size-5 transition-transform', !isOpen && 'rotate-180')}
          />
        </button>
      </div>
      {isOpen && (
        <ul className="divide-y divide-line overflow-y-auto overscroll-contain">
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">
        {milestoneOf(spoken(uploads), t)}
      </p>
    </section>
  )
}

/** The one that is on its way, else the last that arrived. */
const spoken = (uploads: readonly Upload[]): Upload | undefined =>
  uploads.find(({ phase }) => phase.kind === 'sending' || phase.kind === 'finishing') ??
  uploads.findLast(({ phase }) => phase.kind === 'done')

/** Wherever the person is by then: what is known of the course is out of date once its new video is there. */
function useCourseRefresh(uploads: readonly Upload[]): void {
  const client = useQueryClient()
  const seen = useRef(new Set<string>())
  useEffect(() => {
    for (const { id, phase, order } of uploads) {
      if (phase.kind !== 'done' || seen.current.has(id)) continue
      seen.current.add(id)
      // A video whose place was taken has no state to ask for any more.
      void refreshCourse(client, order.courseId, 'video-status')
      void client.invalidateQueries({ queryKey: roomQuery.queryKey })
    }
  }, [client, uploads])
}
