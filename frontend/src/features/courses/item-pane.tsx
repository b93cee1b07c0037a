import { lazy, Suspense, useEffect, useEffectEvent, useRef } from 'react'
import { MapIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/components/feedback/empty-state'
import { Bone } from '@/components/ui/skeleton'
import { DETAILS, PUBLISH, useEditorAddress } from './editor-address'
import type { Course } from './queries'

// Whoever opens a course sees one of these; the others come when they are opened.
const DetailsPane = lazy(async () => ({ default: (await import('./details-pane')).DetailsPane }))
const PublishPane = lazy(async () => ({ default: (await import('./publish-pane')).PublishPane }))
const ModulePane = lazy(async () => ({ default: (await import('./module-pane')).ModulePane }))
const ContentPane = lazy(async () => ({ default: (await import('./content-pane')).ContentPane }))
const NewContentPane = lazy(async () => ({
  default: (await import('./new-content-pane')).NewContentPane,
}))

interface ItemPaneProps {
  course: Course
  onAssign: () => void
}

/** What is open of the course, as the address says. */
export function ItemPane(props: ItemPaneProps) {
  return (
    <Suspense fallback={<Bone className="h-96 animate-appear-late" />}>
      <OpenItem {...props} />
    </Suspense>
  )
}

function OpenItem({ course, onAssign }: ItemPaneProps) {
  const { t } = useTranslation('courses')
  const { item, adding, open, openOutline } = useEditorAddress()
  const target = adding?.moduleId ?? item ?? DETAILS
  const module = course.modules.find(({ id }) => id === target)
  const home = course.modules.find(({ contents }) => contents.some(({ id }) => id === target))
  const content = home?.contents.find(({ id }) => id === target)
  const isThere =
    target === DETAILS || target === PUBLISH || module !== undefined || content !== undefined
  useLeaveWhatGoes(target, isThere, openOutline)

  if (target === DETAILS) return <DetailsPane course={course} />
  if (target === PUBLISH) {
    const begin = () => (course.modules[0] ? open(course.modules[0].id) : openOutline())
    return <PublishPane course={course} onAssign={onAssign} onBegin={begin} />
  }
  if (adding && module) {
    return (
      <NewContentPane
        key={`${module.id}-${adding.kind}`}
        course={course}
        module={module}
        kind={adding.kind}
      />
    )
  }
  if (module) return <ModulePane key={module.id} courseId={course.id} module={module} />
  if (home && content) {
    return <ContentPane key={content.id} course={course} module={home} content={content} />
  }
  return (
    <EmptyState icon={MapIcon} title={t('editor.gone')}>
      {t('editor.goneText')}
    </EmptyState>
  )
}

/** What is deleted while it is open gives way to the outline; what never was there is told. */
function useLeaveWhatGoes(target: string, isThere: boolean, leave: () => void): void {
  const seen = useRef<string>(undefined)
  const onGone = useEffectEvent(leave)
  useEffect(() => {
    if (isThere) seen.current = target
    else if (seen.current === target) onGone()
  }, [target, isThere])
}
