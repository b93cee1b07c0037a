import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { GroupsPicker } from '@/components/pickers/group-picker'
import { PeoplePicker } from '@/components/pickers/people-picker'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { DateField } from '@/components/ui/date-field'
import { Dialog } from '@/components/ui/dialog'
import { RadioGroup } from '@/components/ui/radio-group'
import { TextButton } from '@/components/ui/text-link'
import { describeError, describeFieldProblem } from '@/lib/api/describe-error'
import { isApiError, isStatus } from '@/lib/api/problem'
import { showToast } from '@/lib/toasts'
import { AssignReach } from './assign-reach'
import { type CourseRow, courseQuery } from './queries'
import { useUpdateCourse } from './writes'

interface AssignDialogProps {
  course: CourseRow
  onClose: () => void
}

/** Who takes the course, until when, and whether they have to. */
export function AssignDialog({ course, onClose }: AssignDialogProps) {
  const { t } = useTranslation('courses')
  // Asked for in a conflict only; until then the course is the one that the page shows.
  const fresh = useQuery({ ...courseQuery(course.id), enabled: false })
  const [epoch, setEpoch] = useState(0)
  const shown = epoch > 0 && fresh.data ? fresh.data : course
  return (
    <Dialog title={t('assign.title', { title: course.title })} size="wide" onClose={onClose}>
      <AssignForm
        key={epoch}
        course={shown}
        onClose={onClose}
        onReload={() => void fresh.refetch().then(() => setEpoch((count) => count + 1))}
      />
    </Dialog>
  )
}

function AssignForm({ course, onClose, onReload }: AssignDialogProps & { onReload: () => void }) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const update = useUpdateCourse(course.id)
  const [version] = useState(course.version)
  const [who, setWho] = useState<'everybody' | 'some'>(
    course.assigned_to_all ? 'everybody' : 'some',
  )
  const [groups, setGroups] = useState<readonly string[]>(course.assigned_groups)
  const [people, setPeople] = useState<readonly string[]>(course.assigned_teachers)
  const [deadline, setDeadline] = useState(course.deadline)
  const [isMandatory, setMandatory] = useState(course.is_mandatory)
  const isStale = isStatus(update.error, 412)
  const problemOf = (field: string) => {
    const problem = isApiError(update.error)
      ? update.error.fields.find((each) => each.field === field)
      : undefined
    return problem && describeFieldProblem(problem)
  }

  const save = async (overwrite: boolean) => {
    if (update.isPending) return
    try {
      const saved = await update.mutateAsync({
        changes: {
          assigned_to_all: who === 'everybody',
          // What was chosen one by one is kept for the day on which it is no longer everybody.
          assigned_groups: [...groups],
          assigned_teachers: [...people],
          deadline,
          is_mandatory: isMandatory,
        },
        version: overwrite ? null : version,
      })
      const count = saved.assigned_teacher_count
      showToast(count === 0 ? t('assign.savedNobody') : t('assign.saved', { count }))
      onClose()
    } catch {
      // It stands above the fields.
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save(false)
  }
  return (
    <form onSubmit={submit} noValidate className="mt-4 space-y-5">
      {update.isError && (
        <Notice tone="danger" role="alert">
          {isStale ? (
            <>
              {t('assign.conflict')}{' '}
              <span className="inline-flex flex-wrap gap-x-4">
                <TextButton onClick={onReload}>{t('assign.reload')}</TextButton>
                <TextButton onClick={() => void save(true)}>{t('assign.overwrite')}</TextButton>
              </span>
            </>
          ) : (
            describeError(update.error, tCommon)
          )}
        </Notice>
      )}
      <RadioGroup
        label={t('assign.who')}
        value={who}
        onChange={setWho}
        options={[
          { value: 'everybody', label: t('assign.everybody'), hint: t('assign.everybodyHint') },
          { value: 'some', label: t('assign.some'), hint: t('assign.someHint') },
        ]}
      />
      {who === 'some' && (
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <GroupsPicker
            label={t('assign.groups')}
            value={groups}
            error={problemOf('assigned_groups')}
            onChange={setGroups}
          />
          <PeoplePicker
            label={t('assign.people')}
            value={people}
            error={problemOf('assigned_teachers')}
            onChange={setPeople}
          />
        </div>
      )}
      <div className="grid items-end gap-x-5 gap-y-3 sm:grid-cols-2">
        <DateField
          label={t('assign.deadline')}
          optional
          value={deadline}
          error={problemOf('deadline')}
          onChange={setDeadline}
        />
        <Checkbox
          label={t('assign.mandatory')}
          checked={isMandatory}
          onChange={(event) => setMandatory(event.target.checked)}
        />
      </div>
      <AssignReach
        everybody={who === 'everybody'}
        groups={groups}
        people={people}
        isPublished={course.is_published}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" pending={update.isPending}>
          {t('assign.save')}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {tCommon('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
