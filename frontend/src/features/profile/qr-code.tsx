import { useMemo } from 'react'
import { encode } from 'uqr'

/** The whole picture is one path, so that no hairlines show between its squares. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: edge } = encode(text, { border: 4, ecc: 'M' })
    const squares = data.flatMap((row, y) =>
      row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
    )
    return { size: edge, path: squares.join('') }
  }, [text])
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      // Apps read dark on light only, so it is that whatever the theme.
      className="size-52 rounded-lg border border-line bg-white [forced-color-adjust:none]"
    >
      <path d={path} fill="#000000" />
    </svg>
  )
}
