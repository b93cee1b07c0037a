import { lazy, Suspense, use, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Bone } from '@/components/ui/skeleton'
import { ChartTitleContext } from './chart-context'
import type { ChartData } from './chart-data'

export interface DrawingProps {
  kind: 'line' | 'bar' | 'doughnut'
  data: ChartData
  /** Where the axis of values ends at least: 100 for percentages. */
  max?: number | undefined
  stacked?: boolean
  horizontal?: boolean
  /** Id of what names it. */
  labelledBy?: string | undefined
}

/** Chart.js is as large as the rest of a page, so it comes with the first chart that is really seen. */
const Drawing = lazy(async () => ({ default: (await import('./drawing')).Drawing }))

/** In pixels: a bar with its label, and what is around all of them. */
const BAR_HEIGHT = 36
const AROUND_BARS = 64
const USUAL_HEIGHT = 272

/** Holds the place of a chart and draws it when it comes near the screen. */
export function LazyChart(props: Omit<DrawingProps, 'labelledBy'>) {
  const { t } = useTranslation('frame')
  const labelledBy = use(ChartTitleContext)
  const place = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(() => !('IntersectionObserver' in globalThis))
  useEffect(() => {
    if (isNear || !place.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true)
      },
      { rootMargin: '200px' },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [isNear])
  const bars = props.data.labels.length * BAR_HEIGHT + AROUND_BARS
  const waiting = (
    <div aria-busy="true" className="h-full">
      <span className="sr-only">{t('chart.loading')}</span>
      <Bone className="h-full" />
    </div>
  )
  return (
    <div
      ref={place}
      className="relative w-full min-w-0"
      style={{ height: props.horizontal ? Math.max(bars, 120) : USUAL_HEIGHT }}
    >
      {isNear ? (
        <Suspense fallback={waiting}>
          <Drawing {...props} labelledBy={labelledBy} />
        </Suspense>
      ) : (
        waiting
      )}
    </div>
  )
}
