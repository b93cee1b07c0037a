import { TrashIcon } from '@heroicons/react/24/outline'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ExportButton } from '@/components/export-button'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { exportSchool } from '@/lib/api/operations'
import type { School } from './queries'

const EraseDialog = lazy(async () => ({ default: (await import('./erase-dialog')).EraseDialog }))

/** Taking a school's data along, and the end of a school. */
export function LeavingCard({ school }: { school: School }) {
  const { t } = useTranslation('schools')
  const [isErasing, setErasing] = useState(false)
  return (
    <Card title={t('leaving.title')} className="lg:col-span-3">
      <div className="divide-y divide-line">
        <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 pb-5">
          <div className="min-w-0 flex-1 basis-72">
            <h3 className="font-semibold">{t('leaving.export')}</h3>
            <p className="mt-1 text-ink-soft">{t('leaving.exportText')}</p>
          </div>
          <ExportButton
            formats={['zip']}
            label={t('leaving.exportGo')}
            fileName={school.subdomain}
            request={(_format, options) =>
              exportSchool({ path: { tenant_id: school.id }, ...options })
            }
          />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 pt-5">
          <div className="min-w-0 flex-1 basis-72">
            <h3 className="font-semibold text-danger">{t('leaving.erase')}</h3>
            <p className="mt-1 text-ink-soft">{t('leaving.eraseText')}</p>
          </div>
          <Button look="secondary" onClick={() => setErasing(true)}>
            <TrashIcon aria-hidden="true" className="size-5 text-danger" />
            {t('leaving.eraseGo')}
          </Button>
        </div>
      </div>
      <Suspense>
        {isErasing && <EraseDialog school={school} onClose={() => setErasing(false)} />}
      </Suspense>
    </Card>
  )
}
