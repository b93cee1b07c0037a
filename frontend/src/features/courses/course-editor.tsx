import { ArrowLeftIcon } from '@heroicons/react/20/solid'
import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/ui/card'
import { Bone } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { Button } from '@/components/ui/button'
import { paths } from '@/config/paths'
import { EditorHeader } from './editor-header'
import { useEditorAddress } from './editor-address'
import { ItemPane } from './item-pane'
import { AssignDialog } from './lazy-dialogs'
import { allContents, type Course, courseWorkQuery, isBeingPrepared } from './queries'
import { WorkList } from './work-list'

// Dragging by pointer and keyboard is the largest part of the page: the title is there before it.
const Outline = lazy(async () => ({ default: (await import('./outline')).Outline }))

/** How often quizzes and tasks are asked for that a video brings. */
const WORK_POLL_MS = 5000

/** The outline of a course beside what is open of it; on a phone one after the other. */
export function CourseEditor({ course }: { course: Course }) {
  const { t } = useTranslation('courses')
  const { item, adding, openOutline } = useEditorAddress()
  const { data: work } = useQuery({
    ...courseWorkQuery(course.id),
    // A video brings a quiz and a reflection when it is ready.
    refetchInterval: allContents(course).some(isBeingPrepared) ? WORK_POLL_MS : false,
  })
  const [isAssigning, setAssigning] = useState(false)
  const assign = () => setAssigning(true)
  const isOpen = item !== null || adding !== null
  return (
    <>
      <EditorHeader course={course} isCompact={isOpen} onAssign={assign} />
      <div className="grid items-start gap-6 lg:grid-cols-[22rem_minmax(0,1fr)] xl:grid-cols-[26rem_minmax(0,1fr)]">
        <div
          className={clsx(
            // What is open may be long; the outline stays beside it.
            'min-w-0 space-y-6 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto',
            isOpen && 'max-lg:hidden',
          )}
        >
          <Card title={t('outline.title')} className="p-4! sm:p-5!">
            <Suspense fallback={<Bone className="h-80 animate-appear-late" />}>
              <Outline course={course} />
            </Suspense>
          </Card>
          {work && (
            <div className="rounded-card border border-line bg-surface p-5">
              <WorkList title={t('outline.assignments')} work={work} />
              <TextLink to={`${paths.assignments}?course=${course.id}`} className="mt-1">
                {t('outline.addAssignment')}
              </TextLink>
            </div>
          )}
        </div>
        <section
          aria-label={t('editor.item')}
          className={clsx('min-w-0', !isOpen && 'max-lg:hidden')}
        >
          <Button look="quiet" onClick={openOutline} className="mb-3 -ml-4 lg:hidden">
            <ArrowLeftIcon aria-hidden="true" className="size-5" />
            {t('editor.toOutline')}
          </Button>
          <ItemPane course={course} onAssign={assign} />
        </section>
      </div>
      {isAssigning && (
        <Suspense>
          <AssignDialog course={course} onClose={() => setAssigning(false)} />
        </Suspense>
      )}
    </>
  )
}
