import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Checkbox } from '@/components/ui/checkbox'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { describeError } from '@/lib/api/describe-error'
import {
  editPreferences,
  getPreferences,
  type NotificationKind,
  type Preferences,
} from '@/lib/api/operations'

const KEY = ['preferences']

const KINDS: NotificationKind[] = [
  'COURSE_ASSIGNED',
  'ASSIGNMENT_DUE',
  'REMINDER',
  'ANNOUNCEMENT',
  'SYSTEM',
]

/** Each choice is saved when it is made; one that could not be saved jumps back and says so. */
export function PreferencesForm() {
  const { t } = useTranslation('account')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const preferences = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await getPreferences({ signal })).data,
  })
  const change = useMutation({
    mutationFn: async (body: Partial<Pick<Preferences, 'mail' | 'digest' | 'muted'>>) =>
      (await editPreferences({ body })).data,
    onMutate: async (body) => {
      await queries.cancelQueries({ queryKey: KEY })
      const before = queries.getQueryData<Preferences>(KEY)
      if (before) queries.setQueryData(KEY, { ...before, ...body })
      return before
    },
    onError: (_error, _body, before) => queries.setQueryData(KEY, before),
    onSuccess: (kept) => queries.setQueryData(KEY, kept),
    // Two quick clicks: the second waits, so that the answers come in the order of the choices.
    scope: { id: 'preferences' },
  })

  if (preferences.isPending) {
    return (
      <Skeleton label={t('preferences.loading')}>
        <Bone className="h-48" />
      </Skeleton>
    )
  }
  if (preferences.isError) {
    return (
      <ErrorState
        level={3}
        title={t('preferences.failed')}
        error={preferences.error}
        onRetry={() => void preferences.refetch()}
        retrying={preferences.isFetching}
      />
    )
  }
  const { mail, digest, muted } = preferences.data
  return (
    <>
      {change.isError && (
        <Notice tone="danger" role="alert" className="mb-3">
          <strong>{t('preferences.notSaved')}</strong> {describeError(change.error, tCommon)}
        </Notice>
      )}
      <Checkbox
        label={t('preferences.mail')}
        hint={t('preferences.mailHint')}
        checked={mail}
        onChange={(event) => change.mutate({ mail: event.target.checked })}
      />
      {mail && (
        <Checkbox
          label={t('preferences.digest')}
          checked={digest}
          onChange={(event) => change.mutate({ digest: event.target.checked })}
        />
      )}
      <fieldset className="mt-4">
        <legend className="font-semibold">{t('preferences.kinds')}</legend>
        {KINDS.map((kind) =>
          kind === 'SYSTEM' ? (
            <Checkbox
              key={kind}
              label={`${t('preferences.SYSTEM')} (${t('preferences.always')})`}
              checked
              disabled
              readOnly
            />
          ) : (
            <Checkbox
              key={kind}
              label={t(`preferences.${kind}`)}
              checked={!muted.includes(kind)}
              onChange={(event) =>
                change.mutate({
                  muted: event.target.checked
                    ? muted.filter((each) => each !== kind)
                    : [...muted, kind],
                })
              }
            />
          ),
        )}
      </fieldset>
    </>
  )
}
