import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useRef } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormNumberField, FormTextArea } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { gradeSubmission } from '@/lib/api/operations'
import { formatNumber } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { HandedIn } from './handed-in'
import { type Assignment, assignmentQuery, refreshLists, type Submission } from './queries'

const MAX_FEEDBACK = 10_000

function makeSchema(t: TFunction<'assignments'>, max: number) {
  const range = t('grading.scoreRange', { max: formatNumber(max) })
  return z.object({
    score: z
      .nullable(z.number(range).check(z.gte(0, range), z.lte(max, range)))
      .check(z.refine((score) => score !== null, t('grading.scoreMissing'))),
    feedback: z.string().check(z.trim(), z.maxLength(MAX_FEEDBACK, t('grading.feedbackLong'))),
  })
}

interface GradingDialogProps {
  assignment: Assignment
  submission: Submission
  timeZone: string | undefined
  /** The one to grade after this. */
  next: Submission | undefined
  onNext: (submission: Submission) => void
  onClose: () => void
}

/** One person's work, and what is thought of it. */
export function GradingDialog({
  assignment,
  submission,
  timeZone,
  next,
  onNext,
  onClose,
}: GradingDialogProps) {
  const { t } = useTranslation('assignments')
  const client = useQueryClient()
  const goesOn = useRef(false)
  const { max_score: max, passing_score: pass } = assignment
  const form = useForm({
    resolver: zodResolver(makeSchema(t, max)),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: { score: submission.score, feedback: submission.feedback },
  })

  const grade = async ({ score, feedback }: { score: number | null; feedback: string }) => {
    await gradeSubmission({
      path: { submission_id: submission.id },
      body: { score: score ?? 0, feedback },
    })
    showToast(t('grading.saved', { name: submission.teacher_name }))
    if (goesOn.current && next) onNext(next)
    else onClose()
    // The list below, the counts of this page and those of the lists.
    await client.invalidateQueries({ queryKey: assignmentQuery(assignment.id).queryKey })
    await refreshLists(client)
  }
  const words = { max: formatNumber(max), pass: formatNumber(pass) }
  return (
    <Dialog
      title={t('grading.title', { name: submission.teacher_name })}
      size="wide"
      onClose={onClose}
    >
      <div className="mt-2 space-y-6">
        <HandedIn submission={submission} timeZone={timeZone} />
        <Form form={form} onSubmit={grade} about={submission.id}>
          <FormNumberField
            name="score"
            label={t('grading.score')}
            hint={pass > 0 ? t('grading.scorePass', words) : t('grading.scoreHint', words)}
            decimal
          />
          <FormTextArea
            name="feedback"
            label={t('grading.feedback')}
            hint={t('grading.feedbackHint')}
            rows={5}
          />
          {submission.status !== 'GRADED' && (
            <p className="text-sm text-ink-soft">{t('grading.final')}</p>
          )}
          <div className="flex flex-wrap gap-3">
            {next && (
              <SubmitButton
                onClick={() => {
                  goesOn.current = true
                }}
              >
                {t('grading.next')}
              </SubmitButton>
            )}
            <SubmitButton
              look={next ? 'secondary' : 'primary'}
              onClick={() => {
                goesOn.current = false
              }}
            >
              {t('grading.save')}
            </SubmitButton>
            <Button look="secondary" onClick={onClose}>
              {t('grading.close')}
            </Button>
          </div>
        </Form>
      </div>
    </Dialog>
  )
}
