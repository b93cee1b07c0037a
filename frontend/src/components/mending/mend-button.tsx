import { WrenchIcon } from '@heroicons/react/20/solid'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { loadWords } from '@/lib/i18n'
import type { Mendable } from './mend'

const MendDialog = lazy(async () => {
  const [{ MendDialog: dialog }] = await Promise.all([
    import('./mend-dialog'),
    loadWords('mending'),
  ])
  return { default: dialog }
})

interface MendButtonProps {
  assignmentId: string
  question: Mendable
  /** What it says, and the same with the question's number. */
  label: string
  name: string
}

/** Opens the way to correct a question for everybody who has answered it. */
export function MendButton({ assignmentId, question, label, name }: MendButtonProps) {
  const [isOpen, setOpen] = useState(false)
  const { i18n } = useTranslation()
  return (
    <>
      <Button look="quiet" aria-label={name} onClick={() => setOpen(true)}>
        <WrenchIcon aria-hidden="true" className="size-5" />
        {label}
      </Button>
      {isOpen && (
        <Suspense>
          <MendDialog
            key={i18n.language}
            assignmentId={assignmentId}
            question={question}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
