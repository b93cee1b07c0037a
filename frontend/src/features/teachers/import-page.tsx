import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { ImportCheck } from './import-check'
import { ImportFile } from './import-file'
import { importQuery, sendImport, type TeacherImport } from './import-queries'
import { ImportResult } from './import-result'
import { ImportSteps } from './import-steps'
import { refreshPeople } from './queries'

/** The import that is shown; so its report can be opened again. */
const SHOWN = 'import'

interface Checked {
  file: File
  found: TeacherImport
}

export function ImportPage() {
  const { t } = useTranslation('teachers')
  const queries = useQueryClient()
  const [params, setParams] = useSearchParams()
  const [checked, setChecked] = useState<Checked | null>(null)
  const shown = params.get(SHOWN)

  const check = useMutation({
    mutationFn: async (file: File) => ({ file, found: await sendImport(file, true) }),
    onSuccess: setChecked,
  })
  const go = useMutation({
    mutationFn: (file: File) => sendImport(file, false),
    onSuccess: (made) => {
      if (made.id === null) return
      queries.setQueryData(importQuery(made.id).queryKey, made)
      void refreshPeople(queries)
      setParams({ [SHOWN]: made.id }, { replace: true })
      setChecked(null)
    },
  })
  const startAnew = () => {
    check.reset()
    go.reset()
    setChecked(null)
    setParams({}, { replace: true })
  }
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), to: paths.teachers }]} />
      <PageHeading title={t('import.title')} />
      <p className="mt-1 mb-5 max-w-prose text-ink-soft">{t('import.intro')}</p>
      <ImportSteps current={shown ? 'result' : checked ? 'check' : 'file'} />
      {shown && <ImportResult importId={shown} onAgain={startAnew} />}
      {!shown && checked && (
        <ImportCheck
          found={checked.found}
          onImport={() => go.mutate(checked.file)}
          onOther={startAnew}
          pending={go.isPending}
          error={go.error}
        />
      )}
      {!shown && !checked && (
        <ImportFile
          onFile={(file) => check.mutate(file)}
          checking={check.isPending ? check.variables.name : null}
          error={check.error}
        />
      )}
    </>
  )
}
