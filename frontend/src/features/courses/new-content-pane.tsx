import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { VideoDropzone } from '@/features/uploads/video-dropzone'
import { useEditorAddress } from './editor-address'
import { NewContentForm } from './new-content-form'
import { Pane } from './pane'
import { type ContentKind, type Course, type Module, refreshCourse } from './queries'

interface NewContentPaneProps {
  course: Course
  module: Module
  kind: ContentKind
}

/** Something new for a module. Nothing of it is in the course before it is added. */
export function NewContentPane({ course, module, kind }: NewContentPaneProps) {
  const { t } = useTranslation('courses')
  const { open } = useEditorAddress()
  const queries = useQueryClient()
  return (
    <Pane eyebrow={t('content.inModule', { title: module.title })} title={t(`content.new${kind}`)}>
      {kind === 'VIDEO' ? (
        <VideoDropzone
          courseId={course.id}
          moduleId={module.id}
          onCreated={(contentId) =>
            void refreshCourse(queries, course.id).then(() => open(contentId))
          }
        />
      ) : (
        <NewContentForm key={kind} courseId={course.id} moduleId={module.id} kind={kind} />
      )}
    </Pane>
  )
}
