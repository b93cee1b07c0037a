import { PlayIcon } from '@heroicons/react/20/solid'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime, spokenTime } from '@/lib/format'

interface ResumeNoteProps {
  video: HTMLVideoElement | null
  startAt: number
  onResume: () => void
  onStartOver: () => void
}

const BUTTON =
  'flex min-h-11 items-center gap-1.5 rounded-md px-3 font-semibold hover:bg-white/15 focus-visible:[box-shadow:inset_0_0_0_2px_#10151d]'

/** Tells that the video does not start at its beginning, and offers the beginning. */
export function ResumeNote({ video, startAt, onResume, onStartOver }: ResumeNoteProps) {
  const { t } = useTranslation('teacher')
  const [seen, setSeen] = useState(false)

  useEffect(() => {
    if (!video) return undefined
    // Once it plays the note has done its work.
    const hide = () => setSeen(true)
    video.addEventListener('playing', hide, { once: true })
    return () => video.removeEventListener('playing', hide)
  }, [video])

  if (seen || !video) return null
  return (
    <div
      role="group"
      aria-label={t('player.resumeLabel')}
      className="absolute top-0 left-0 m-3 flex flex-wrap rounded-lg bg-black/80 p-1 text-white"
    >
      <button type="button" onClick={onResume} className={BUTTON}>
        <PlayIcon aria-hidden="true" className="size-5" />
        <span aria-hidden="true">{t('player.resume', { time: formatTime(startAt) })}</span>
        <span className="sr-only">{t('player.resume', { time: spokenTime(startAt) })}</span>
      </button>
      <button
        type="button"
        onClick={() => {
          onStartOver()
          setSeen(true)
        }}
        className={BUTTON}
      >
        {t('player.startOver')}
      </button>
    </div>
  )
}
