import { GlobeAltIcon, PencilSquareIcon, PlusIcon, TrashIcon } from '@heroicons/react/24/outline'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { type ComponentType, type SVGProps, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { SortableTree } from '@/components/ui/sortable-tree'
import { describeError } from '@/lib/api/describe-error'
import { createModule } from '@/lib/api/operations'
import { isStatus } from '@/lib/api/problem'
import { useMediaQuery } from '@/lib/use-media-query'
import { DETAILS, PUBLISH, useEditorAddress } from './editor-address'
import { inTurn } from './in-turn'
import { addActions } from './kinds'
import { OutlineItem } from './outline-item'
import { type Course, refreshCourse } from './queries'
import { RemoveDialog, type Removal } from './remove-dialog'
import { useReorder } from './writes'

/** From this width on there is room for the outline and what is open of it (the `lg` of the stylesheet). */
const WIDE = '(width >= 64rem)'

/** What the course is made of, in its order, and the way to each part of it. */
export function Outline({ course }: { course: Course }) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const { item, adding, open, add } = useEditorAddress()
  const queries = useQueryClient()
  const reorder = useReorder(course.id)
  const [removal, setRemoval] = useState<Removal | null>(null)
  const addModule = useMutation({
    mutationFn: () =>
      inTurn(course.id, async () => {
        const title = t('outline.newModule', { number: course.modules.length + 1 })
        const { data } = await createModule({ path: { course_id: course.id }, body: { title } })
        await refreshCourse(queries, course.id)
        return data
      }),
    onSuccess: (module) => open(module.id),
  })
  // With room for both panes, something is always open.
  const isWide = useMediaQuery(WIDE)
  const current = adding?.moduleId ?? item ?? (isWide ? DETAILS : null)
  return (
    <>
      <ul className="mb-3 space-y-1">
        <Place id={DETAILS} icon={PencilSquareIcon} label={t('editor.details')} {...{ current }} />
        <Place id={PUBLISH} icon={GlobeAltIcon} label={t('editor.publish')} {...{ current }} />
      </ul>
      {reorder.isError && (
        <Notice tone="danger" role="alert" className="mb-3">
          <strong>{t('outline.notMoved')}</strong>{' '}
          {isStatus(reorder.error, 412)
            ? t('outline.movedMeanwhile')
            : describeError(reorder.error, tCommon)}
        </Notice>
      )}
      {course.modules.length === 0 ? (
        <p className="rounded-lg border border-dashed border-edge px-4 py-6 text-center text-ink-soft">
          {t('outline.empty')}
        </p>
      ) : (
        <SortableTree
          label={t('outline.label')}
          groups={course.modules}
          itemsOf={(module) => module.contents}
          groupName={(module) => module.title}
          itemName={(content) => content.title}
          renderGroup={(module) => (
            <div className="flex items-center gap-1">
              <span className="min-w-0 flex-1">
                <span className="line-clamp-3">{module.title}</span>
                {module.contents.length === 0 && (
                  <span className="block text-sm font-normal text-ink-soft">
                    {t('outline.emptyModule')}
                  </span>
                )}
              </span>
              <Menu
                label={t('outline.addTo', { name: module.title })}
                trigger={
                  <>
                    <span className="sr-only">{t('outline.addTo', { name: module.title })}</span>
                    <PlusIcon aria-hidden="true" className="size-5" />
                  </>
                }
                items={addActions(t, (kind) => add(kind, module.id))}
              />
            </div>
          )}
          renderItem={(content) => <OutlineItem content={content} />}
          onReorder={(order) => reorder.mutate(order)}
          selectedId={current}
          onSelect={open}
          groupActions={(module) => [
            {
              id: 'rename',
              label: t('outline.rename'),
              icon: PencilSquareIcon,
              onAction: () => open(module.id),
            },
            {
              id: 'delete',
              label: t('outline.delete'),
              icon: TrashIcon,
              tone: 'danger',
              onAction: () => setRemoval({ module }),
            },
          ]}
          itemActions={(content) => [
            {
              id: 'rename',
              label: t('outline.rename'),
              icon: PencilSquareIcon,
              onAction: () => open(content.id),
            },
            {
              id: 'delete',
              label: t('outline.delete'),
              icon: TrashIcon,
              tone: 'danger',
              onAction: () => {
                const module = course.modules.find(({ contents }) => contents.includes(content))
                if (module) setRemoval({ module, content })
              },
            },
          ]}
        />
      )}
      {addModule.isError && (
        <Notice tone="danger" role="alert" className="mt-3">
          <strong>{t('outline.notAdded')}</strong> {describeError(addModule.error, tCommon)}
        </Notice>
      )}
      <Button
        look="secondary"
        className="mt-3 w-full"
        pending={addModule.isPending}
        onClick={() => addModule.mutate()}
      >
        <PlusIcon aria-hidden="true" className="size-5" />
        {t('outline.addModule')}
      </Button>
      {removal && (
        <RemoveDialog courseId={course.id} removal={removal} onClose={() => setRemoval(null)} />
      )}
    </>
  )
}

interface PlaceProps {
  id: string
  icon: ComponentType<SVGProps<SVGSVGElement>>
  label: string
  current: string | null
}

function Place({ id, icon: Icon, label, current }: PlaceProps) {
  const { open } = useEditorAddress()
  const isHere = current === id
  return (
    <li>
      <button
        type="button"
        aria-current={isHere || undefined}
        onClick={() => open(id)}
        className={clsx(
          'flex min-h-11 w-full items-center gap-3 rounded-lg px-3 text-left font-semibold',
          isHere ? 'bg-brand-soft text-brand-strong' : 'hover:bg-page',
        )}
      >
        <Icon aria-hidden="true" className="size-5 shrink-0" />
        {label}
      </button>
    </li>
  )
}
