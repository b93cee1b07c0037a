import { useRef, useState } from 'react'
import { useSessionStore } from '@/lib/auth/session-store'
import { type Draft, forgetDraft, keepDraft, readDraft } from './local-draft'
import type { TaskDetail } from './queries'

interface KeptDraft {
  draft: Draft
  change: (change: (old: Draft) => Draft) => void
  /** When it was kept last; null when nothing was changed on this visit. */
  keptAt: Date | null
  /** Whether the browser refused to keep it. */
  isLost: boolean
  /** Whether it differs from what was handed in. */
  isChanged: boolean
  /** It is handed in now, as this task says. */
  settle: (task: TaskDetail) => void
}

const handedIn = (task: TaskDetail): Draft => ({ text: task.submission_text, files: task.files })

const same = (one: Draft, other: Draft) =>
  one.text === other.text &&
  one.files.map((file) => file.file_id).join() === other.files.map((file) => file.file_id).join()

/** What is being written, kept in this browser with every key. */
export function useDraft(task: TaskDetail): KeptDraft {
  const userId = useSessionStore(({ user }) => user?.id ?? '')
  const [draft, setDraft] = useState<Draft>(() => readDraft(userId, task.id) ?? handedIn(task))
  const latest = useRef(draft)
  const [keptAt, setKeptAt] = useState<Date | null>(null)
  const [isLost, setLost] = useState(false)

  const show = (next: Draft) => {
    latest.current = next
    setDraft(next)
  }
  return {
    draft,
    keptAt,
    isLost,
    isChanged: !same(draft, handedIn(task)),
    change: (alter) => {
      // A file may arrive while somebody types: each changes the newest.
      const next = alter(latest.current)
      show(next)
      const worked = keepDraft(userId, task.id, next)
      setLost(!worked)
      if (worked) setKeptAt(new Date())
    },
    settle: (done) => {
      forgetDraft(userId, task.id)
      setKeptAt(null)
      show(handedIn(done))
    },
  }
}
