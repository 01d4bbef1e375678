import { type Block, blocksAs, type Line } from '../../../ticket/lines.ts'
import type { TicketFormat } from '../../../ticket/presets.ts'
import css from './ticket.module.css'

/** A ticket as its system will show it, built as elements: no markup from outside is ever parsed here. */
export function RenderedTicket({
  format,
  lines,
}: {
  readonly format: TicketFormat
  readonly lines: readonly Line[]
}) {
  return (
    <div
      className={css['rendered']}
      data-testid="ticket-rendered"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
      tabIndex={0}
    >
      {keyed(blocksAs(format, lines)).map(([key, block]) => (
        <Rendered key={key} block={block} />
      ))}
    </div>
  )
}

function Rendered({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>
    case 'paragraph':
      return <p>{block.lines.join('\n')}</p>
    case 'list':
      return (
        <ul>
          {keyed(block.lines).map(([key, line]) => (
            <li key={key}>{line}</li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.header.map(cell => (
                <th key={cell} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {keyed(block.rows).map(([key, [day, size]]) => (
              <tr key={key}>
                <td>{day}</td>
                <td>{size}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'code':
      return <pre>{block.text}</pre>
  }
}

/** Parts of a text have no identity but their place. */
const keyed = <T,>(parts: readonly T[]): readonly (readonly [number, T])[] =>
  parts.map((part, at) => [at, part])
