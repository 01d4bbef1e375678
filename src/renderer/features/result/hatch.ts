// Two themes have four colours between them; a pattern fits every canvas.
const patterns = new Map<string, CanvasPattern | string>()

/** A diagonal hatching in one colour, for a day that is not over. */
export function hatched(color: string): CanvasPattern | string {
  const pattern = patterns.get(color) ?? drawn(color)
  patterns.set(color, pattern)
  return pattern
}

function drawn(color: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 8
  const pen = tile.getContext('2d')
  if (pen === null) return color
  pen.strokeStyle = color
  pen.lineWidth = 2
  pen.beginPath()
  for (const x of [-8, 0, 8]) {
    pen.moveTo(x, 8)
    pen.lineTo(x + 8, 0)
  }
  pen.stroke()
  return pen.createPattern(tile, 'repeat') ?? color
}
