import {
  AcademicCapIcon,
  ChatBubbleBottomCenterTextIcon,
  DocumentTextIcon,
  LinkIcon,
  PaperClipIcon,
  PlayCircleIcon,
} from '@heroicons/react/24/outline'
import type { ComponentType, ReactNode, SVGProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card } from '@/components/ui/card'
import { paths } from '@/config/paths'
import { formatTime, spokenTime } from '@/lib/format'
import type { Found, TextPart } from './queries'

type Icon = ComponentType<SVGProps<SVGSVGElement>>

const ICONS: Record<Found['contents'][number]['content_type'], Icon> = {
  VIDEO: PlayCircleIcon,
  DOCUMENT: PaperClipIcon,
  LINK: LinkIcon,
  TEXT: DocumentTextIcon,
}

/** What was found, by kinds. Each line is one link, so that Tab goes from one to the next. */
export function SearchResults({ found }: { found: Found }) {
  const { t } = useTranslation('search')
  return (
    <div className="space-y-6">
      {found.courses.length > 0 && (
        <Group title={t('courses')}>
          {found.courses.map((course) => (
            <Hit key={course.id} to={paths.teacherCourse(course.id)} icon={AcademicCapIcon}>
              <span className="font-semibold">
                <Parts parts={course.parts} />
              </span>
            </Hit>
          ))}
        </Group>
      )}
      {found.contents.length > 0 && (
        <Group title={t('contents')}>
          {found.contents.map((content) => (
            <Hit
              key={content.id}
              to={paths.teacherContent(content.course_id, content.id)}
              icon={ICONS[content.content_type]}
            >
              <span className="block font-semibold">
                <Parts parts={content.parts} />
              </span>
              <span className="text-sm text-ink-soft">{content.course_title}</span>
            </Hit>
          ))}
        </Group>
      )}
      {found.transcripts.length > 0 && (
        <Group title={t('said')}>
          {found.transcripts.map((cue) => (
            <Hit
              key={`${cue.content_id} ${cue.start}`}
              to={`${paths.teacherContent(cue.course_id, cue.content_id)}?t=${Math.floor(cue.start)}`}
              icon={ChatBubbleBottomCenterTextIcon}
            >
              <span className="block">
                “<Parts parts={cue.parts} />”
              </span>
              <span className="text-sm text-ink-soft">
                <span aria-hidden="true" className="font-semibold text-brand-strong tabular-nums">
                  {formatTime(cue.start)}
                </span>
                <span className="sr-only">{t('at', { time: spokenTime(cue.start) })}</span>
                {' · '}
                {cue.content_title}
                {' · '}
                {cue.course_title}
              </span>
            </Hit>
          ))}
        </Group>
      )}
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card title={title} padding="none" className="pb-2">
      <ul className="divide-y divide-line">{children}</ul>
    </Card>
  )
}

function Hit({ to, icon: HitIcon, children }: { to: string; icon: Icon; children: ReactNode }) {
  return (
    <li>
      <Link
        to={to}
        className="flex min-h-14 items-start gap-3 px-5 py-3 hover:bg-page focus-visible:[box-shadow:inset_0_0_0_3px_#10151d] sm:px-6"
      >
        <HitIcon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-brand-strong" />
        <span className="min-w-0 flex-1 self-center wrap-break-word">{children}</span>
      </Link>
    </li>
  )
}

/** The API marks matches by pieces of text; nothing of it is markup. */
function Parts({ parts }: { parts: TextPart[] }) {
  return parts.map(({ text, is_match: isMatch }, index) =>
    isMatch ? (
      // oxlint-disable-next-line react/no-array-index-key -- pieces have no other name than their place
      <mark key={index} className="rounded-xs bg-amber-200 text-inherit">
        {text}
      </mark>
    ) : (
      text
    ),
  )
}
