import { PlayIcon, XMarkIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextButton } from '@/components/ui/text-link'
import { formatTime, spokenTime } from '@/lib/format'
import { EvidenceClip } from './evidence-clip'
import type { Evidence, VideoPlace } from './queries'

interface QuestionEvidenceProps {
  evidence: Evidence
  /** Null when the quiz belongs to no video any more. */
  place: VideoPlace | null
  /** What the captions say there since they changed, of a question that rests on them; null: the same. */
  saidNow: string | null
}

/** What the video says, word for word, and the way to hear it; after the captions changed, both ways they put it. */
export function QuestionEvidence({ evidence, place, saidNow }: QuestionEvidenceProps) {
  const { t } = useTranslation('quiz-editor')
  const [isPlaying, setPlaying] = useState(false)
  const { quote, start, end } = evidence
  const Icon = isPlaying ? XMarkIcon : PlayIcon
  return (
    <figure className="rounded-lg border-l-4 border-line bg-page px-4 py-3">
      <figcaption className="text-sm text-ink-soft">
        {saidNow === null ? t('evidence.title') : t('evidence.oldQuote')},{' '}
        <span aria-hidden="true">
          {t('evidence.time', { from: formatTime(start), to: formatTime(end) })}
        </span>
        <span className="sr-only">
          {t('evidence.time', { from: spokenTime(start), to: spokenTime(end) })}
        </span>
      </figcaption>
      <blockquote className={clsx('mt-1', saidNow !== null && 'text-ink-soft line-through')}>
        “{quote}”
      </blockquote>
      {saidNow !== null && (
        <div className="mt-3">
          <p className="text-sm text-ink-soft">{t('evidence.saidNow')}</p>
          {saidNow ? (
            <blockquote className="mt-1">“{saidNow}”</blockquote>
          ) : (
            <p className="mt-1">{t('evidence.saidNothing')}</p>
          )}
          <p className="mt-2 text-sm text-ink-soft">
            {t(saidNow ? 'evidence.acceptNow' : 'evidence.acceptNothing')}
          </p>
        </div>
      )}
      {place && (
        <TextButton
          aria-expanded={isPlaying}
          className="gap-1.5"
          onClick={() => setPlaying(!isPlaying)}
        >
          <Icon aria-hidden="true" className="size-5" />
          {isPlaying ? t('evidence.stop') : t('evidence.play')}
        </TextButton>
      )}
      {place && isPlaying && <EvidenceClip evidence={evidence} place={place} />}
    </figure>
  )
}
