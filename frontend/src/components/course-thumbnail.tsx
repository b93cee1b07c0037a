import { useState } from 'react'
import { Rings } from '@/components/rings'

/** The course's picture, or a calm field in the school's colours. Decoration: the title is beside it. */
export function CourseThumbnail({ title, url }: { title: string; url: string | null }) {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <div className="relative isolate aspect-video overflow-hidden bg-brand text-on-brand">
      {url && url !== broken ? (
        <img
          src={url}
          alt=""
          loading="lazy"
          onError={() => setBroken(url)}
          className="size-full object-cover"
        />
      ) : (
        <div aria-hidden="true" className="flex size-full items-end border-b-4 border-accent p-5">
          <Rings className="absolute -top-1/3 -right-1/6 -z-10 w-3/4" />
          <span className="text-7xl leading-none font-bold">
            {[...title.trim()][0]?.toUpperCase()}
          </span>
        </div>
      )}
    </div>
  )
}
