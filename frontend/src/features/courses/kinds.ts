import {
  DocumentIcon,
  DocumentTextIcon,
  LinkIcon,
  VideoCameraIcon,
} from '@heroicons/react/24/outline'
import type { TFunction } from 'i18next'
import type { ComponentType, SVGProps } from 'react'
import type { MenuAction } from '@/components/ui/menu'
import type { ContentKind } from './queries'

/** In the order in which they are offered. */
export const KIND_ICONS: Record<ContentKind, ComponentType<SVGProps<SVGSVGElement>>> = {
  VIDEO: VideoCameraIcon,
  DOCUMENT: DocumentIcon,
  LINK: LinkIcon,
  TEXT: DocumentTextIcon,
}

const KINDS = ['VIDEO', 'DOCUMENT', 'LINK', 'TEXT'] as const

/** What can be added to a module. */
export const addActions = (
  t: TFunction<'courses'>,
  add: (kind: ContentKind) => void,
): MenuAction[] =>
  KINDS.map((kind) => ({
    id: kind,
    label: t(`kind.${kind}`),
    icon: KIND_ICONS[kind],
    onAction: () => add(kind),
  }))
