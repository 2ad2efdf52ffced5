import { Skeleton, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ShownText } from '../../components/text/ShownText'
import { GuideText } from './GuideText'
import { loadGuide, searchGuide, type GuidePage } from './guide'
import classes from './Help.module.css'

interface Place {
  readonly page: string
  readonly anchor: string
}

/** The guide with its table of contents on the left, or the search results during a search. */
export function GuidePane({ query, onLeaveSearch }: { readonly query: string; readonly onLeaveSearch: () => void }) {
  const guide = useQuery({ queryKey: ['guide'], queryFn: loadGuide })
  if (guide.error) return <ProblemNotice error={guide.error} onRetry={() => void guide.refetch()} />
  if (!guide.data) return <Skeleton h={240} m="lg" />
  return <Guide pages={guide.data} query={query} onLeaveSearch={onLeaveSearch} />
}

function Guide({
  pages,
  query,
  onLeaveSearch,
}: {
  readonly pages: readonly GuidePage[]
  readonly query: string
  readonly onLeaveSearch: () => void
}) {
  const { t } = useTranslation()
  const [place, setPlace] = useState<Place | null>(null)
  const page = pages.find(({ name }) => name === place?.page) ?? pages[0]
  const isSearching = query.trim() !== ''
  useEffect(() => {
    if (place && !isSearching) document.getElementById(place.anchor)?.scrollIntoView({ block: 'start' })
  }, [place, isSearching])
  if (!page) return null
  const go = (next: Place) => {
    setPlace({ ...next }) // a new object, so that selecting the same section scrolls to it again
    onLeaveSearch()
  }
  const hits = searchGuide(pages, query)
  return (
    <div className={classes.guide}>
      <nav className={classes.contents} aria-label={t('help.contents')}>
        {pages.map((one) =>
          one.sections
            .filter(({ level }) => one === page || level === 1)
            .map(({ level, title, anchor }) => (
              <UnstyledButton
                key={`${one.name}#${anchor}`}
                className={classes.entry}
                data-level={level}
                aria-current={place?.page === one.name && place.anchor === anchor ? 'location' : undefined}
                onClick={() => go({ page: one.name, anchor })}
              >
                {title}
              </UnstyledButton>
            )),
        )}
      </nav>
      <section className={classes.page} aria-label={t('help.guide')} tabIndex={0}>
        {isSearching && (
          <>
            <Text size="sm" c="dimmed" role="status" mb="sm">
              {t('help.found', { count: hits.length })}
            </Text>
            <ul className={classes.hits}>
              {hits.map((hit) => (
                <li key={`${hit.page}#${hit.anchor}`}>
                  <UnstyledButton className={classes.hit} onClick={() => go(hit)}>
                    <Text component="span" fw={500} lang="en">
                      {hit.title}
                    </Text>
                    <Text component="span" size="xs" c="dimmed" lang="en">
                      <ShownText text={hit.excerpt} />
                    </Text>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </>
        )}
        <div hidden={isSearching} lang="en">
          <GuideText page={page} pages={pages} onGo={go} />
        </div>
      </section>
    </div>
  )
}
