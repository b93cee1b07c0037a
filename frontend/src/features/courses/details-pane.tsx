import { useTranslation } from 'react-i18next'
import { SaveStatus } from '@/components/save-status'
import { DateField } from '@/components/ui/date-field'
import { NumberField } from '@/components/ui/number-field'
import { Switch } from '@/components/ui/switch'
import { TextArea } from '@/components/ui/text-area'
import { TextField } from '@/components/ui/text-field'
import { useQueryClient } from '@tanstack/react-query'
import { isApiError } from '@/lib/api/problem'
import { type Details, detailsOf } from './course-details'
import { MAX_DESCRIPTION, MAX_TITLE } from './limits'
import { Pane } from './pane'
import { type Course, courseQuery } from './queries'
import { ThumbnailField } from './thumbnail-field'
import { useFields } from './use-fields'
import { useSaveDetails } from './writes'

const MAX_HOURS = 1000

/** What is said of the course as a whole. */
export function DetailsPane({ course }: { course: Course }) {
  const { t } = useTranslation('courses')
  const queries = useQueryClient()
  const save = useSaveDetails(course.id)
  const { values, set, errorOf, autosave, adopt } = useFields<Details>({
    server: detailsOf(course),
    problems: ({ title, description, estimated_hours: hours }) => ({
      ...(title.trim() === '' && { title: t('details.titleMissing') }),
      ...(description.length > MAX_DESCRIPTION && {
        description: t('details.tooLong', { limit: MAX_DESCRIPTION }),
      }),
      ...(hours !== null &&
        !(hours >= 0 && hours <= MAX_HOURS) && { estimated_hours: t('details.hoursWrong') }),
    }),
    send: async (changes, { overwrite, seen }) =>
      detailsOf(await save(changes, overwrite ? null : seen)),
  })
  const { state } = autosave
  const isTaken = state.kind === 'failed' && isApiError(state.error, 'course_title_taken')

  const reload = async () => {
    adopt(detailsOf(await queries.fetchQuery({ ...courseQuery(course.id), staleTime: 0 })))
  }
  return (
    <Pane
      title={t('details.title')}
      status={<SaveStatus autosave={autosave} onReload={() => void reload()} />}
    >
      <div className="space-y-5">
        <TextField
          label={t('details.courseTitle')}
          value={values.title}
          maxLength={MAX_TITLE}
          autoComplete="off"
          error={errorOf('title') ?? (isTaken ? t('details.titleTaken') : undefined)}
          onChange={(event) => set('title', event.target.value)}
        />
        <TextArea
          label={t('details.description')}
          hint={t('details.descriptionHint')}
          value={values.description}
          rows={5}
          error={errorOf('description')}
          onChange={(event) => set('description', event.target.value)}
        />
        <Switch
          label={t('details.mandatory')}
          hint={t('details.mandatoryHint')}
          checked={values.is_mandatory}
          onChange={(on) => set('is_mandatory', on)}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <DateField
            label={t('details.deadline')}
            hint={t('details.deadlineHint')}
            optional
            value={values.deadline}
            error={errorOf('deadline')}
            onChange={(day) => set('deadline', day)}
          />
          <NumberField
            label={t('details.hours')}
            hint={t('details.hoursHint')}
            optional
            decimal
            unit={t('details.hoursUnit')}
            value={values.estimated_hours}
            error={errorOf('estimated_hours')}
            onChange={(hours) => set('estimated_hours', hours)}
          />
        </div>
        <ThumbnailField course={course} />
      </div>
    </Pane>
  )
}
