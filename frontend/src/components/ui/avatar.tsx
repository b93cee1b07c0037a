import { clsx } from 'clsx'
import { useState } from 'react'

const SIZES = {
  small: 'size-8 text-xs',
  normal: 'size-10 text-sm',
  large: 'size-20 text-2xl',
}

interface AvatarProps {
  /** Whose it is; the initials are made of it. */
  name: string
  src?: string | null | undefined
  size?: keyof typeof SIZES
}

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const [first, last] = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : '']
  return [first, last].map((word) => [...word][0] ?? '').join('')
}

/** A face, or initials. Decoration: the name stands beside it. */
export function Avatar({ name, src, size = 'normal' }: AvatarProps) {
  const [broken, setBroken] = useState<string>()
  const look = clsx('shrink-0 rounded-full', SIZES[size])
  if (src && src !== broken) {
    return (
      <img
        src={src}
        alt=""
        loading="lazy"
        onError={() => setBroken(src)}
        className={clsx(look, 'object-cover')}
      />
    )
  }
  return (
    <span
      aria-hidden="true"
      className={clsx(
        look,
        'inline-flex items-center justify-center border border-brand-strong/15 bg-brand-soft font-bold text-brand-strong uppercase',
      )}
    >
      {initials(name)}
    </span>
  )
}
