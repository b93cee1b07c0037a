import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { onboardSchool } from '@/lib/api/operations'
import { type FieldProblem, isApiError } from '@/lib/api/problem'
import { useInterruptedWork } from '@/lib/interrupted-work'
import { useRequestKey } from '@/lib/use-request-key'
import { adviceQuery, useRefreshSchools } from './queries'
import {
  type Draft,
  emptyDraft,
  FIELDS,
  isEmptyDraft,
  reachable,
  type Step,
  STEPS,
  stepOf,
  toRequest,
} from './draft'

const NO_PROBLEMS: readonly FieldProblem[] = []

/** What somebody has entered into the wizard, where they are in it, and the opening itself. */
export function useOnboarding() {
  const queries = useQueryClient()
  const refresh = useRefreshSchools()
  const [params, setParams] = useSearchParams()
  const [draft, setDraft] = useState(emptyDraft)
  const [problems, setProblems] = useState(NO_PROBLEMS)
  // What was suggested last: an address that the person has changed is left alone.
  const suggested = useRef('')
  // The same request sent again opens no second school.
  const keyFor = useRequestKey()

  const asked = STEPS.find((step) => step === params.get('step')) ?? 'name'
  const step = reachable(asked, draft)

  /** The step stands in the address, so that the browser's Back goes one step back. */
  const goTo = (next: Step) => setParams(next === 'name' ? {} : { step: next })
  const keep = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }))

  const keepName = async (values: Pick<Draft, 'school_name' | 'time_zone'>) => {
    let { subdomain } = draft
    if (subdomain === suggested.current) {
      try {
        const advice = await queries.fetchQuery(adviceQuery(values.school_name, ''))
        subdomain = advice.suggestion ?? ''
      } catch {
        // A suggestion is a courtesy: without one the person chooses, and that is checked again.
        subdomain = ''
      }
      suggested.current = subdomain
    }
    keep({ ...values, subdomain })
    goTo('address')
  }

  const opening = useMutation({
    mutationFn: async () => {
      const request = toRequest(draft)
      const headers = keyFor(request)
      return (await onboardSchool({ body: request, headers })).data
    },
    onSuccess: () => void refresh(),
    onError: (error) => {
      if (!isApiError(error)) return
      const back = stepOf(error.fields.map(({ field }) => field))
      if (!back) return
      setProblems(error.fields)
      goTo(back)
    },
  })

  const isUnsaved = !opening.isSuccess && !isEmptyDraft(draft)
  const interrupted = useInterruptedWork('onboarding', () => (isUnsaved ? draft : null))
  const [isTakenUp, setTakenUp] = useState(interrupted === null)
  if (!isTakenUp) {
    setTakenUp(true)
    setDraft({ ...draft, ...interrupted })
  }

  const problemsHere = useMemo(
    () => problems.filter(({ field }) => FIELDS[step].some((name) => name === field)),
    [problems, step],
  )

  return {
    draft,
    step,
    goTo,
    keep: (values: Partial<Draft>) => {
      setProblems(NO_PROBLEMS)
      keep(values)
    },
    keepName: async (values: Pick<Draft, 'school_name' | 'time_zone'>) => {
      setProblems(NO_PROBLEMS)
      await keepName(values)
    },
    /** What the server said about fields of this step. */
    problems: problemsHere,
    opening,
    /** A complaint about a field is shown at that field, in its step. */
    failure: problems === NO_PROBLEMS ? opening.error : null,
    isUnsaved,
    startAnew: () => {
      suggested.current = ''
      setDraft(emptyDraft())
      opening.reset()
      goTo('name')
    },
  }
}
