import { useSearchParams } from 'react-router'
import type { ContentKind } from './queries'

/** Names of what can be edited besides modules and contents, whose ids stand in the address. */
export const DETAILS = 'details'
export const PUBLISH = 'publish'

const KINDS: readonly ContentKind[] = ['VIDEO', 'DOCUMENT', 'LINK', 'TEXT']

interface EditorAddress {
  /** Null on a phone means the outline; with room for both, the details stand beside it. */
  item: string | null
  /** Something new that is being made, and in which module. */
  adding: { kind: ContentKind; moduleId: string } | null
  open: (item: string) => void
  /** For what takes the place of something that is about to go: before the outline is asked for anew. */
  openAtOnce: (item: string) => void
  openOutline: () => void
  add: (kind: ContentKind, moduleId: string) => void
}

/** What of the course is on the screen, kept in the address: it can be sent, and Back works. */
export function useEditorAddress(): EditorAddress {
  const [params, setParams] = useSearchParams()
  const kind = KINDS.find((each) => each === params.get('add'))
  const moduleId = params.get('module')
  // The panes stay where they are.
  const go = (search: Record<string, string>) => setParams(search, { preventScrollReset: true })
  return {
    item: params.get('item'),
    adding: kind && moduleId ? { kind, moduleId } : null,
    open: (item) => go({ item }),
    openAtOnce: (item) =>
      queueMicrotask(() => setParams({ item }, { preventScrollReset: true, flushSync: true })),
    openOutline: () => go({}),
    add: (newKind, into) => go({ add: newKind, module: into }),
  }
}
