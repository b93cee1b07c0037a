import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { formatDay } from '@/lib/format'
import { MemberCourses } from './member-courses'
import { MemberSubmissions } from './member-submissions'
import { type Member, nameOf } from './queries'

/** One person's courses, what is overdue, and what they handed in. */
export function MemberDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('team')
  const { t: tCommon } = useTranslation()
  return (
    <Dialog size="wide" title={nameOf(member)} onClose={onClose}>
      <p className="text-ink-soft">
        {[member.designation, member.department].filter(Boolean).join(' · ')}{' '}
        <a
          href={`mailto:${member.email}`}
          className="font-medium break-all text-brand-strong underline underline-offset-4"
        >
          {member.email}
        </a>
      </p>
      {member.overdue_assignments.length > 0 && (
        <section aria-labelledby="late" className="mt-5">
          <h3 id="late" className="font-bold text-danger">
            {t('late.title')}
          </h3>
          <ul className="mt-2 divide-y divide-line">
            {member.overdue_assignments.map(({ assignment_id: id, title, due_date: due }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2">
                <span className="font-medium">{title}</span>
                <span className="text-danger">{t('late.since', { date: formatDay(due) })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <MemberCourses courses={member.courses} />
      <MemberSubmissions submissions={member.submissions} count={member.submission_count} />
      <Button look="secondary" className="mt-6" onClick={onClose}>
        {tCommon('action.close')}
      </Button>
    </Dialog>
  )
}
