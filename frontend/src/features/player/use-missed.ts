import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { SecondRanges } from './second-ranges'
import { playFrom } from './seek'

/** Played on beyond the end of a part, in seconds, so that its last second counts as a whole one. */
const BEYOND = 0.35
/** Seconds after its end within which a part has ended by itself: a busy machine looks at the clock seldom. */
const LATE = 4
/** Somebody who jumps this far out of a part, in seconds, wants to see something else. */
const OUTSIDE = 1.5

interface Run {
  parts: SecondRanges
  /** Of the part that plays. */
  index: number
}

export interface MissedRun {
  run: Run | null
  /** How the last one came to its end. */
  ended: 'done' | 'stopped' | null
  start: (parts: SecondRanges) => void
  stop: () => void
}

/** Plays some parts of a video one after the other, and nothing in between. */
export function useMissed(video: HTMLVideoElement | null): MissedRun {
  const [run, setRun] = useState<Run | null>(null)
  const [ended, setEnded] = useState<MissedRun['ended']>(null)

  /** Whether the jump to the part has landed: until then the video is wherever its source makes it begin. */
  const hasLanded = useRef(false)

  const jump = (part: SecondRanges[number]) => {
    hasLanded.current = false
    if (video) playFrom(video, part[0])
  }
  const finish = (how: 'done' | 'stopped') => {
    setRun(null)
    setEnded(how)
  }
  const look = useEffectEvent(() => {
    const part = run?.parts[run.index]
    if (!video || !run || !part || video.seeking) return
    const [from, to] = part
    const now = video.currentTime
    if (now >= from - OUTSIDE && now < to + LATE) hasLanded.current = true
    if (!hasLanded.current) return
    const isOver = video.ended || (now >= to + BEYOND && now < to + LATE)
    if (isOver) {
      const next = run.parts[run.index + 1]
      if (next) {
        setRun({ ...run, index: run.index + 1 })
        jump(next)
      } else {
        video.pause()
        finish('done')
      }
    } else if (now < from - OUTSIDE || now > to + OUTSIDE) {
      finish('stopped')
    }
  })

  const isRunning = run !== null
  useEffect(() => {
    if (!video || !isRunning) return undefined
    const onTime = () => look()
    for (const event of ['timeupdate', 'seeked', 'ended']) video.addEventListener(event, onTime)
    return () => {
      for (const event of ['timeupdate', 'seeked', 'ended'])
        video.removeEventListener(event, onTime)
    }
  }, [video, isRunning])

  return {
    run,
    ended,
    start: (parts) => {
      const first = parts[0]
      if (!video || !first) return
      setEnded(null)
      setRun({ parts, index: 0 })
      jump(first)
    },
    stop: () => {
      video?.pause()
      finish('stopped')
    },
  }
}
