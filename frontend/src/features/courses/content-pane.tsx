import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SaveStatus } from '@/components/save-status'
import { Button } from '@/components/ui/button'
import { Bone } from '@/components/ui/skeleton'
import { Switch } from '@/components/ui/switch'
import { TextField } from '@/components/ui/text-field'
import { VideoItem } from '@/features/uploads/video-item'
import { updateContent } from '@/lib/api/operations'
import { DocumentField } from './document-field'
import { useEditorAddress } from './editor-address'
import { inTurn } from './in-turn'
import { LinkField } from './link-field'
import { isWebAddress } from './web-address'
import { MAX_TITLE } from './limits'
import { Pane } from './pane'
import { type Content, type Course, courseWorkQuery, keepContent, type Module } from './queries'
import { RemoveDialog } from './remove-dialog'
import { useFields } from './use-fields'
import { WorkList } from './work-list'

const TextEditor = lazy(async () => ({ default: (await import('./text-editor')).TextEditor }))

interface Fields {
  title: string
  is_mandatory: boolean
  url: string
  text: string
}

const fieldsOf = ({ title, is_mandatory, url, text }: Content): Fields => ({
  title,
  is_mandatory,
  url: url ?? '',
  text: text ?? '',
})

interface ContentPaneProps {
  course: Course
  module: Module
  content: Content
}

/** One content: what everything has in a course, and what its kind is made of. */
export function ContentPane({ course, module, content }: ContentPaneProps) {
  const { t } = useTranslation('courses')
  const queries = useQueryClient()
  const { openAtOnce } = useEditorAddress()
  const [isRemoving, setRemoving] = useState(false)
  const { content_type: kind } = content
  const { values, set, errorOf, autosave, adopt, epoch } = useFields<Fields>({
    server: fieldsOf(content),
    problems: ({ title, url, text }) => ({
      ...(title.trim() === '' && { title: t('content.nameMissing') }),
      ...(kind === 'LINK' && !isWebAddress(url) && { url: t('content.urlWrong') }),
      ...(kind === 'TEXT' && text === '' && { text: t('content.textMissing') }),
    }),
    send: (changes) =>
      inTurn(course.id, async () => {
        const { data } = await updateContent({
          path: { course_id: course.id, module_id: module.id, content_id: content.id },
          body: changes,
        })
        keepContent(queries, course.id, data)
        return fieldsOf(data)
      }),
  })
  const { data: work } = useQuery(courseWorkQuery(course.id))
  const ownWork = work?.filter((each) => each.content_id === content.id) ?? []
  return (
    <>
      <Pane
        eyebrow={t(`kind.${kind}`)}
        title={content.title}
        status={<SaveStatus autosave={autosave} onReload={() => adopt(fieldsOf(content))} />}
      >
        <div className="space-y-5">
          <TextField
            label={t('content.name')}
            value={values.title}
            maxLength={MAX_TITLE}
            autoComplete="off"
            error={errorOf('title')}
            onChange={(event) => set('title', event.target.value)}
          />
          {kind === 'LINK' && (
            <LinkField
              value={values.url}
              error={errorOf('url')}
              onChange={(url) => set('url', url)}
            />
          )}
          {kind === 'TEXT' && (
            <Suspense fallback={<Bone className="h-64 animate-appear-late" />}>
              <TextEditor
                key={epoch}
                label={t('content.text')}
                html={values.text}
                error={errorOf('text')}
                onChange={(text) => set('text', text)}
              />
            </Suspense>
          )}
          {kind === 'DOCUMENT' && (
            <DocumentField courseId={course.id} moduleId={module.id} content={content} />
          )}
          <Switch
            label={t('content.mandatory')}
            hint={t('content.mandatoryHint')}
            checked={values.is_mandatory}
            onChange={(on) => set('is_mandatory', on)}
          />
          {kind !== 'VIDEO' && (
            <>
              {ownWork.length > 0 && <WorkList title={t('content.work')} work={ownWork} />}
              <Button look="quiet" className="-ml-4 text-danger" onClick={() => setRemoving(true)}>
                {t('content.delete')}
              </Button>
            </>
          )}
        </div>
      </Pane>
      {kind === 'VIDEO' && (
        <div className="mt-5">
          <VideoItem
            courseId={course.id}
            moduleId={module.id}
            content={content}
            onReplaced={openAtOnce}
          />
        </div>
      )}
      {isRemoving && (
        <RemoveDialog
          courseId={course.id}
          removal={{ module, content }}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  )
}
