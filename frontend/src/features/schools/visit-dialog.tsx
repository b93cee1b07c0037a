import { ArrowTopRightOnSquareIcon } from '@heroicons/react/20/solid'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button, NewTabLinkButton } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextArea } from '@/components/ui/text-area'
import { useStepUp } from '@/components/use-step-up'
import { describeError, describeFieldProblem } from '@/lib/api/describe-error'
import { impersonate } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import type { School } from './queries'

const MIN_REASON = 5
const MAX_REASON = 500

/** Opens the school in a tab of its own, as its administrator, for a reason that the school can read. */
export function VisitDialog({ school, onClose }: { school: School; onClose: () => void }) {
  const { t } = useTranslation('schools')
  const { t: tCommon } = useTranslation()
  const { run, dialog } = useStepUp()
  const field = useRef<HTMLTextAreaElement>(null)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [failure, setFailure] = useState<unknown>(null)
  const [pending, setPending] = useState(false)
  const [entrance, setEntrance] = useState<string>()

  const refuse = (words: string) => {
    setProblem(words)
    field.current?.focus()
  }
  const visit = async () => {
    if (pending) return
    if (reason.trim().length < MIN_REASON) {
      refuse(t('visit.reasonMissing'))
      return
    }
    setProblem(undefined)
    setFailure(null)
    setPending(true)
    try {
      await run(async () => {
        const path = { tenant_id: school.id }
        const { data } = await impersonate({ path, body: { reason: reason.trim() } })
        // The tab gets no handle on this one. Should the browser hold it back, there is the link.
        globalThis.open(data.url, '_blank', 'noopener,noreferrer')
        setEntrance(data.url)
      })
    } catch (error) {
      const refused = isApiError(error) && error.fields.find(({ field: name }) => name === 'reason')
      if (refused) refuse(describeFieldProblem(refused))
      else setFailure(error)
    } finally {
      setPending(false)
    }
  }
  return (
    <Dialog title={t('visit.title', { name: school.name })} onClose={onClose}>
      {entrance === undefined ? (
        <form
          noValidate
          className="mt-2 space-y-4"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            void visit()
          }}
        >
          <p className="text-ink-soft">{t('visit.text')}</p>
          {failure !== null && (
            <Notice tone="danger" role="alert">
              {describeError(failure, tCommon)}
            </Notice>
          )}
          <TextArea
            ref={field}
            label={t('visit.reason')}
            hint={t('visit.reasonHint')}
            rows={3}
            maxLength={MAX_REASON}
            value={reason}
            error={problem}
            onChange={({ target }) => setReason(target.value)}
          />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" pending={pending}>
              <ArrowTopRightOnSquareIcon aria-hidden="true" className="size-5" />
              {t('visit.go')}
            </Button>
            <Button look="secondary" onClick={onClose}>
              {tCommon('action.cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <div className="mt-2 space-y-4">
          <p role="status">{t('visit.open')}</p>
          <p className="text-ink-soft">{t('visit.blocked')}</p>
          <div className="flex flex-wrap gap-3">
            <NewTabLinkButton href={entrance} look="secondary" onClick={onClose}>
              {t('visit.link')}
            </NewTabLinkButton>
            <Button onClick={onClose}>{tCommon('action.close')}</Button>
          </div>
        </div>
      )}
      {dialog}
    </Dialog>
  )
}
