import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { TextLink } from '@/components/ui/text-link'
import { paths } from '@/config/paths'
import { formatMoment } from '@/lib/format'
import { Counts } from './counts'
import { type Reminder, subjectQuery } from './queries'

interface CampaignFactsProps {
  reminder: Reminder
  timeZone: string | undefined
}

/** What was said, when, about what. */
export function CampaignFacts({ reminder, timeZone }: CampaignFactsProps) {
  const { t } = useTranslation('reminders')
  const about = useQuery(subjectQuery(reminder)).data
  const { assignment_id, course_id } = reminder
  const place = assignment_id
    ? paths.assignment(assignment_id)
    : course_id
      ? paths.course(course_id)
      : null
  return (
    <div className="mt-2">
      <p className="text-ink-soft">
        {t('campaign.sent', {
          kind: t(`kind.${reminder.kind}`),
          when: formatMoment(reminder.created_at, timeZone),
          count: reminder.recipient_count,
        })}
      </p>
      {about && place && <TextLink to={place}>{about}</TextLink>}
      <div className="mt-2">
        <Counts counts={reminder.counts} />
      </div>
      <blockquote className="mt-5 max-w-prose rounded-card border border-line bg-surface p-5 wrap-anywhere whitespace-pre-line">
        {reminder.message}
      </blockquote>
    </div>
  )
}
