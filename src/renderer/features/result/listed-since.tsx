import { useEffect, useState } from 'react'
import type { Listing } from '../../../domain/listing.ts'
import { japanDay } from '../../../domain/traffic.ts'
import { ticketWords } from '../../../ticket/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'

/** Since when the line is known to be in its state, by the lookups that are stored. */
export function ListedSince({ lookupId }: { readonly lookupId: number | null }) {
  const { t } = useTranslation()
  const language = useStore(state => state.app.language)
  const readListing = useStore(state => state.readListing)
  const [listing, setListing] = useState<Listing | null>(null)
  useEffect(() => {
    let isCurrent = true
    if (lookupId !== null) void readListing(lookupId).then(found => isCurrent && setListing(found))
    return () => {
      isCurrent = false
    }
  }, [lookupId, readListing])
  if (listing === null) return null
  const day = (ms: number) => ticketWords[language].day(japanDay(ms))
  const { since, before } = listing
  return (
    <small data-testid="listed-since">
      {before === null
        ? t('listing.since', { since: day(since) })
        : t('listing.changed', {
            since: day(since),
            at: day(before.at),
            state: t(`usage.state.${before.state}`),
          })}
    </small>
  )
}
