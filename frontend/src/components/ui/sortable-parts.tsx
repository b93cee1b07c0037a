import {
  ArrowDownIcon,
  ArrowUpIcon,
  Bars2Icon,
  ChevronDoubleDownIcon,
  ChevronDoubleUpIcon,
} from '@heroicons/react/24/outline'
import type { TFunction } from 'i18next'
import { type ReactNode, useCallback, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { DropIndicator, type DropTarget } from 'react-aria-components/useDragAndDrop'
import { useTranslation } from 'react-i18next'
import type { MenuAction } from './menu'

export const ROW =
  'rounded-lg border border-line bg-surface data-[dragging]:opacity-50 data-[drop-target]:border-brand-strong data-[drop-target]:ring-2 data-[drop-target]:ring-brand-strong data-[selected]:border-brand-strong data-[selected]:bg-brand-soft'

/** The place in which a row is taken up, with a pointer or with Enter. Its name comes with its slot. */
export function DragHandle() {
  return (
    <Button
      slot="drag"
      className="flex size-11 shrink-0 cursor-grab items-center justify-center rounded-lg text-ink-soft hover:bg-page data-[pressed]:cursor-grabbing"
    >
      <Bars2Icon aria-hidden="true" className="size-5" />
    </Button>
  )
}

/** The line between two rows where the dragged one would come to lie. */
export const dropLine = (target: DropTarget) => (
  <DropIndicator
    target={target}
    className="h-1 rounded-full data-[drop-target]:bg-brand-strong forced-colors:data-[drop-target]:bg-[Highlight]"
  />
)

interface Place {
  index: number
  count: number
  moveTo: (index: number) => void
}

/** Moving without dragging: for whoever cannot drag, and for long ways. */
export function moveActions({ index, count, moveTo }: Place, t: TFunction<'frame'>): MenuAction[] {
  const towardsTop: MenuAction[] = [
    { id: 'up', label: t('sortable.up'), icon: ArrowUpIcon, onAction: () => moveTo(index - 1) },
    {
      id: 'first',
      label: t('sortable.first'),
      icon: ChevronDoubleUpIcon,
      onAction: () => moveTo(0),
    },
  ]
  const towardsEnd: MenuAction[] = [
    {
      id: 'down',
      label: t('sortable.down'),
      icon: ArrowDownIcon,
      onAction: () => moveTo(index + 1),
    },
    {
      id: 'last',
      label: t('sortable.last'),
      icon: ChevronDoubleDownIcon,
      onAction: () => moveTo(count - 1),
    },
  ]
  // One step and the whole way are the same next to the end.
  return [...towardsTop.slice(0, index), ...towardsEnd.slice(0, count - 1 - index)]
}

/** What the list says after a move, and the place where it says it. */
export function useMoveNews(): { tell: (words: string) => void; news: ReactNode } {
  const [words, setWords] = useState('')
  const tell = useCallback((said: string) => setWords(said), [])
  return {
    tell,
    news: (
      <p role="status" className="sr-only">
        {words}
      </p>
    ),
  }
}

/** React Aria explains dragging in its own words: in the language of the page, not of the browser. */
export function InPageLanguage({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  return <I18nProvider locale={i18n.resolvedLanguage ?? 'en'}>{children}</I18nProvider>
}
