import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import type { Portal } from '@/config/paths'
import { loadWords, type Words } from '@/lib/i18n'
import { requirePortal } from '../guards'
import { RouteError } from '../route-error'

type Load = () => Promise<ComponentType>

/** Loads a component together with the words it shows. */
export const page = (words: Words, load: Load) => async () => {
  const [Component] = await Promise.all([load(), loadWords(words)])
  return { Component }
}

interface PortalPages {
  portal: Portal
  layout: Load
  words: Words[]
  pages: RouteObject[]
}

/** The guarded part of the app that one role sees, inside its layout. */
export function portalRoute({ portal, layout, words, pages }: PortalPages): RouteObject {
  return {
    path: `/${portal}`,
    loader: requirePortal(portal),
    lazy: async () => ({ Component: (await import('../portal')).Portal }),
    children: [
      {
        lazy: async () => {
          const [Component] = await Promise.all([layout(), ...words.map(loadWords)])
          return { Component }
        },
        // A boundary inside the layout: when a page fails, the way elsewhere stays.
        children: [{ ErrorBoundary: RouteError, children: pages }],
      },
    ],
  }
}
