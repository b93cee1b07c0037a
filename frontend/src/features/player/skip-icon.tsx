/** A turning arrow around the number of seconds. */
export function SkipIcon({ forward = false }: { forward?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className="size-7">
      <g
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        transform={forward ? 'matrix(-1 0 0 1 24 0)' : undefined}
      >
        <path d="M5.6 7.2A8.8 8.8 0 1 1 3.2 13.3" />
        <path d="M5.200 3v4.600h4.600" />
      </g>
      <text
        x="12"
        y="16.2"
        textAnchor="middle"
        fontSize="8"
        fontWeight="700"
        fill="currentColor"
        style={{ fontFamily: 'system-ui, sans-serif' }}
      >
        10
      </text>
    </svg>
  )
}
