import { useTranslation } from 'react-i18next'
import { describeError } from '@/lib/api/describe-error'
import { showToast } from '@/lib/toasts'
import type { CourseRow } from './queries'
import { useRestoreCourse } from './writes'

/** Has a deleted course back and says so, wherever the person is by then. */
export function useRestore(): (course: Pick<CourseRow, 'id' | 'title'>) => void {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const { mutateAsync } = useRestoreCourse()
  return ({ id, title }) => {
    mutateAsync(id).then(
      () => showToast(t('action.restored', { title })),
      (error: unknown) =>
        showToast(`${t('action.failed')} ${describeError(error, tCommon)}`, 'danger'),
    )
  }
}
