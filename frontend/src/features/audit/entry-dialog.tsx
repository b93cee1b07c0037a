import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { describeAction } from '@/lib/describe-action'
import { formatMoment, formatRelative } from '@/lib/format'
import { changesOf } from './describe-entry'
import type { AuditEntry } from './queries'

interface EntryDialogProps {
  entry: AuditEntry
  timeZone: string | undefined
  onClose: () => void
}

/** One entry with everything that was recorded of it. */
export function EntryDialog({ entry, timeZone, onClose }: EntryDialogProps) {
  const { t } = useTranslation('audit')
  const { t: tCommon } = useTranslation()
  const changes = changesOf(entry, t, timeZone)
  const facts = [
    [t('column.when'), `${formatMoment(entry.at, timeZone)} (${formatRelative(entry.at)})`],
    [t('column.who'), entry.actor_email || t('system')],
    ...(entry.impersonated_by === null ? [] : [[t('visitTitle'), t('visit')]]),
    ...(entry.object_name ? [[t('column.what'), entry.object_name]] : []),
    ...(entry.address ? [[t('address'), entry.address]] : []),
    ...(entry.request_id ? [[t('request'), entry.request_id]] : []),
  ]
  return (
    <Dialog title={describeAction(entry.action, t)} size="wide" onClose={onClose}>
      <dl className="mt-4 grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="wrap-anywhere max-sm:mb-2">{value}</dd>
          </div>
        ))}
      </dl>
      {changes.length === 0 ? (
        <p className="mt-6 text-ink-soft">{t('noChanges')}</p>
      ) : (
        <table className="mt-6 w-full border-collapse text-left">
          <caption className="mb-2 text-left font-bold">{t('changes')}</caption>
          <thead className="text-sm text-ink-soft max-sm:sr-only">
            <tr>
              <th scope="col" className="py-2 pr-4">
                {t('field')}
              </th>
              <th scope="col" className="py-2 pr-4">
                {t('before')}
              </th>
              <th scope="col" className="py-2">
                {t('after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.field} className="border-t border-line align-top max-sm:block">
                <th scope="row" className="py-2 pr-4 font-semibold max-sm:block">
                  {change.field}
                </th>
                <td className="py-2 pr-4 wrap-anywhere text-ink-soft max-sm:block max-sm:py-0">
                  <del className="no-underline">{change.before}</del>
                </td>
                <td className="py-2 wrap-anywhere max-sm:block max-sm:pt-0">
                  <span aria-hidden="true" className="sm:hidden">
                    →{' '}
                  </span>
                  <ins className="no-underline">{change.after}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="mt-6 flex justify-end">
        <Button look="quiet" onClick={onClose}>
          {tCommon('action.close')}
        </Button>
      </div>
    </Dialog>
  )
}
