import { ClockIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime, spokenTime } from '@/lib/format'

/** Seconds before the end at which it is said aloud. */
const SPOKEN_AT = [300, 60, 30] as const

const secondsUntil = (moment: string) =>
  Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / 1000))

/** What is left of the time. A heading, so that it can be found; spoken only when it gets short. */
export function QuizTimer({ expiresAt, onOver }: { expiresAt: string; onOver: () => void }) {
  const { t } = useTranslation('quiz')
  const [left, setLeft] = useState(() => secondsUntil(expiresAt))
  const before = useRef(left)
  const [spoken, setSpoken] = useState('')
  const isShort = left <= 60

  const tick = useEffectEvent(() => {
    const now = secondsUntil(expiresAt)
    // A tab in the background ticks seldom: it may pass more than one of them at once.
    const passed = SPOKEN_AT.findLast((mark) => now <= mark && before.current > mark)
    if (passed !== undefined) setSpoken(t('time.left', { time: spokenTime(now) }))
    const isOver = now === 0 && before.current > 0
    before.current = now
    setLeft(now)
    if (isOver) onOver()
  })
  useEffect(() => {
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [])

  return (
    <>
      <h2
        className={clsx(
          'flex items-center gap-1.5 font-bold tabular-nums',
          isShort ? 'text-danger' : 'text-ink',
        )}
      >
        <ClockIcon aria-hidden="true" className="size-5 shrink-0" />
        <span aria-hidden="true">{t('time.left', { time: formatTime(left) })}</span>
        <span className="sr-only">{t('time.left', { time: spokenTime(left) })}</span>
      </h2>
      <p role="status" className="sr-only">
        {spoken}
      </p>
    </>
  )
}
