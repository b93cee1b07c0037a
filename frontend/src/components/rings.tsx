import { clsx } from 'clsx'

const RADII = [40, 80, 120, 160, 198]

/** Ornament in the text colour of the field it lies on, so that it suits every school's colours. */
export function Rings({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 400 400"
      className={clsx('opacity-15', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      {RADII.map((radius) => (
        <circle key={radius} cx="200" cy="200" r={radius} />
      ))}
    </svg>
  )
}
