import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { RadioGroup } from '@/components/ui/radio-group'
import { TextArea } from '@/components/ui/text-area'
import { describeError } from '@/lib/api/describe-error'
import { mendQuestion } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { useDebounced } from '@/lib/use-debounced'
import { bodyOf, KEEP_TYPED, type Mendable, reachQuery, WITHDRAW } from './mend'
import { ReachSentence } from './reach-sentence'

interface MendDialogProps {
  assignmentId: string
  question: Mendable
  onClose: () => void
}

const REST_MS = 400

/** Says what is right instead, tells whom that reaches, and grades everybody again. */
export function MendDialog({ assignmentId, question, onClose }: MendDialogProps) {
  const { t } = useTranslation('mending')
  const { t: tCommon } = useTranslation()
  const client = useQueryClient()
  const isChoice = question.kind === 'MCQ'
  const right = question.options.find((option) => option.is_correct)?.id ?? ''
  const [choice, setChoice] = useState(isChoice ? right : KEEP_TYPED)
  const [typed, setTyped] = useState(question.accepted_answers.join('\n'))
  const [isAsked, setAsked] = useState(false)
  const body = bodyOf(question, choice, typed)
  const rested = useDebounced(JSON.stringify(body), REST_MS)
  const restedBody = rested === JSON.stringify(body) ? body : null
  const reach = useQuery(reachQuery(assignmentId, question.id, restedBody))
  const mending = useMutation({
    mutationFn: async () =>
      (
        await mendQuestion({
          path: { assignment_id: assignmentId, question_id: question.id },
          body: body ?? {},
        })
      ).data,
    onSuccess: async ({ attempts_regraded: count }) => {
      showToast(count === 0 ? t('doneNobody') : t('done', { count }))
      onClose()
      await client.invalidateQueries({ queryKey: ['admin'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setAsked(true)
    if (body && !mending.isPending) mending.mutate()
  }
  const error = mending.error ?? (body ? reach.error : null)
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <form onSubmit={submit} noValidate className="mt-2 space-y-5">
        <p className="text-ink-soft">{t('intro')}</p>
        <p className="font-semibold">{question.prompt}</p>
        <RadioGroup
          label={isChoice ? t('right') : t('how')}
          value={choice}
          onChange={setChoice}
          options={[
            ...(isChoice
              ? question.options.map(({ id, text }) => ({
                  value: id,
                  label: text,
                  hint: id === right ? t('now') : undefined,
                }))
              : [{ value: KEEP_TYPED, label: t('otherAnswers') }]),
            { value: WITHDRAW, label: t('withdraw'), hint: t('withdrawHint') },
          ]}
        />
        {!isChoice && choice === KEEP_TYPED && (
          <TextArea
            label={t('accepted')}
            hint={t('acceptedHint')}
            value={typed}
            rows={4}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        <div role="status">
          {body && reach.data && !reach.error && <ReachSentence reach={reach.data} />}
          {!body && isAsked && <p className="font-semibold text-danger">{t('nothing')}</p>}
        </div>
        {error && (
          <Notice tone="danger" role="alert">
            {describeError(error, tCommon)}
          </Notice>
        )}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" pending={mending.isPending}>
            {t('confirm')}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {tCommon('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
