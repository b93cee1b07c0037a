import { DocumentArrowDownIcon } from '@heroicons/react/24/outline'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { FileDrop } from '@/components/ui/file-drop'
import { Spinner } from '@/components/ui/spinner'
import { saveFile } from '@/lib/jobs/file'
import { describeImportError } from './describe-import'
import { makeTemplate, OPTIONAL_COLUMNS, REQUIRED_COLUMNS } from './import-columns'

/** As text it may have a million characters. */
const MOST_BYTES = 900 * 1024
/** Spreadsheets on Windows call a CSV file one of theirs. */
const TYPES = ['.csv', '.txt', 'text/csv']

interface ImportFileProps {
  onFile: (file: File) => void
  /** The name of the file that is being looked at. */
  checking: string | null
  error: unknown
}

/** The template, and where the filled-in file goes. */
export function ImportFile({ onFile, checking, error }: ImportFileProps) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card title={t('import.template.title')} description={t('import.template.text')}>
        <Button
          look="secondary"
          onClick={() => saveFile({ blob: makeTemplate(), name: 'teachers.csv' })}
        >
          <DocumentArrowDownIcon aria-hidden="true" className="size-5" />
          {t('import.template.download')}
        </Button>
        <dl className="mt-5 space-y-3">
          <ColumnNames title={t('import.template.required')}>
            {REQUIRED_COLUMNS.map((column) => t(`field.${column}`)).join(', ')}
          </ColumnNames>
          <ColumnNames title={t('import.template.optional')}>
            {OPTIONAL_COLUMNS.map((column) => t(`field.${column}`)).join(', ')}
          </ColumnNames>
        </dl>
        <p className="mt-3 text-sm text-ink-soft">{t('import.template.several')}</p>
      </Card>
      <Card title={t('import.choose.title')}>
        <FileDrop
          label={t('import.choose.label')}
          hint={t('import.choose.hint')}
          accept={TYPES}
          acceptLabel={t('import.choose.types')}
          maxBytes={MOST_BYTES}
          onFiles={([file]) => file && onFile(file)}
          disabled={checking !== null}
          error={error ? describeImportError(error, t, tCommon) : undefined}
        />
        <p role="status" className="mt-3 flex items-center gap-2 empty:hidden">
          {checking !== null && (
            <>
              <Spinner className="size-5" />
              {t('import.choose.checking', { name: checking })}
            </>
          )}
        </p>
      </Card>
    </div>
  )
}

function ColumnNames({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-semibold">{title}</dt>
      <dd className="text-ink-soft">{children}</dd>
    </div>
  )
}
