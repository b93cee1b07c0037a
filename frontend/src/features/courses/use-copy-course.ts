import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '@/config/paths'
import { showToast } from '@/lib/toasts'
import { useDuplicateCourse } from './writes'

/** Copies a course, opens the copy, and says what is not in it. */
export function useCopyCourse(): { copy: (courseId: string) => Promise<void>; error: unknown } {
  const { t } = useTranslation('courses')
  const navigate = useNavigate()
  const duplicate = useDuplicateCourse()
  return {
    error: duplicate.error,
    copy: async (courseId) => {
      let made
      try {
        made = await duplicate.mutateAsync(courseId)
      } catch {
        return // The page shows it.
      }
      const count = made.left_out.length
      const said = t('action.duplicated', { title: made.title })
      showToast(count > 0 ? `${said} ${t('action.leftOut', { count })}` : said)
      void navigate(paths.course(made.id))
    },
  }
}
