import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useState } from 'react'
import { useForm, useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormSwitch, FormTextField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { UnsavedGuard } from '@/components/form/unsaved-guard'
import { useField } from '@/components/form/use-field'
import { Bone } from '@/components/ui/skeleton'
import { createContent } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { DocumentDrop } from './document-field'
import { useEditorAddress } from './editor-address'
import { inTurn } from './in-turn'
import { MAX_TITLE } from './limits'
import { type ContentKind, refreshCourse } from './queries'
import { isWebAddress } from './web-address'

const TextEditor = lazy(async () => ({ default: (await import('./text-editor')).TextEditor }))

type Kind = Exclude<ContentKind, 'VIDEO'>

const makeSchema = (t: TFunction<'courses'>, kind: Kind) =>
  z.object({
    title: z.string().check(z.trim(), z.minLength(1, t('content.nameMissing'))),
    is_mandatory: z.boolean(),
    url:
      kind === 'LINK'
        ? z.string().check(z.trim(), z.refine(isWebAddress, t('content.urlWrong')))
        : z.string(),
    text: kind === 'TEXT' ? z.string().check(z.minLength(1, t('content.textMissing'))) : z.string(),
    file_id:
      kind === 'DOCUMENT' ? z.string().check(z.minLength(1, t('content.fileMissing'))) : z.string(),
  })

interface NewContentFormProps {
  courseId: string
  moduleId: string
  kind: Kind
}

export function NewContentForm({ courseId, moduleId, kind }: NewContentFormProps) {
  const { t } = useTranslation('courses')
  const { open } = useEditorAddress()
  const queries = useQueryClient()
  const form = useForm<Values>({
    resolver: zodResolver(makeSchema(t, kind)),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: { title: '', is_mandatory: true, url: '', text: '', file_id: '' },
  })
  const { isDirty, isSubmitting } = form.formState
  return (
    <Form
      form={form}
      onSubmit={async ({ title, is_mandatory: isMandatory, url, text, file_id: fileId }) => {
        const made = await inTurn(courseId, async () => {
          const { data } = await createContent({
            path: { course_id: courseId, module_id: moduleId },
            body: {
              title,
              is_mandatory: isMandatory,
              content_type: kind,
              ...(kind === 'LINK' && { url }),
              ...(kind === 'TEXT' && { text }),
              ...(kind === 'DOCUMENT' && { file_id: fileId }),
            },
          })
          return data
        })
        // Nothing is lost any more by going on.
        form.reset()
        await refreshCourse(queries, courseId)
        showToast(t('content.added', { title: made.title }))
        open(made.id)
      }}
      className="space-y-5"
    >
      <UnsavedGuard when={isDirty && !isSubmitting} within />
      <FormTextField
        name="title"
        label={t('content.name')}
        maxLength={MAX_TITLE}
        autoComplete="off"
      />
      {kind === 'LINK' && (
        <FormTextField
          name="url"
          label={t('content.url')}
          hint={t('content.urlHint')}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {kind === 'TEXT' && <FormText />}
      {kind === 'DOCUMENT' && <FormDocument />}
      <FormSwitch
        name="is_mandatory"
        label={t('content.mandatory')}
        hint={t('content.mandatoryHint')}
      />
      <SubmitButton>{t('content.create')}</SubmitButton>
    </Form>
  )
}

/** What the schema says and the form holds. */
interface Values {
  title: string
  is_mandatory: boolean
  url: string
  text: string
  file_id: string
}

function FormText() {
  const { t } = useTranslation('courses')
  const label = t('content.text')
  const { getValues } = useFormContext<Values>()
  const { field, error } = useField<Values>('text', label)
  const [begun] = useState(() => getValues('text'))
  return (
    <Suspense fallback={<Bone className="h-64 animate-appear-late" />}>
      <TextEditor {...field} label={label} html={begun} error={error} />
    </Suspense>
  )
}

function FormDocument() {
  const { t } = useTranslation('courses')
  const label = t('content.file')
  const { getValues, setValue } = useFormContext<Values>()
  const { field, error } = useField<Values>('file_id', label)
  const [fileName, setFileName] = useState<string>()
  return (
    <div>
      <DocumentDrop
        {...field}
        label={label}
        error={error}
        onSent={(file) => {
          field.onChange(file.file_id)
          setFileName(file.file_name)
          if (getValues('title') === '') setValue('title', titleFrom(file.file_name))
        }}
      />
      <p role="status" className="mt-2 font-medium text-success">
        {fileName !== undefined && t('content.fileReady', { name: fileName })}
      </p>
    </div>
  )
}

/** `lesson_plan-2.pdf` -> `lesson plan 2` */
const titleFrom = (fileName: string): string =>
  fileName
    .replace(/\.[^.]+$/, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE)
