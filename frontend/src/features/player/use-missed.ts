import { useEffect, useEffectEvent, useState } from 'react'
import type { SecondRanges } from './second-ranges'
import { playFrom } from './seek'

/** Played on beyond the end of a part, in seconds, so that its last second counts as a whole one. */
const BEYOND = 0.35
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

  const finish = (how: 'done' | 'stopped') => {
    setRun(null)
    setEnded(how)
  }
  const look = useEffectEvent(() => {
    const part = run?.parts[run.index]
    if (!video || !run || !part || video.seeking) return
    const [from, to] = part
    const isOver = video.ended || (video.currentTime >= to + BEYOND && video.currentTime < to + 4)
    if (isOver) {
      const next = run.parts[run.index + 1]
      if (next) {
        setRun({ ...run, index: run.index + 1 })
        playFrom(video, next[0])
      } else {
        video.pause()
        finish('done')
      }
    } else if (video.currentTime < from - OUTSIDE || video.currentTime > to + OUTSIDE) {
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
      playFrom(video, first[0])
    },
    stop: () => {
      video?.pause()
      finish('stopped')
    },
  }
}
