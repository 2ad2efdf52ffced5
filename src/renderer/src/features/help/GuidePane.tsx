import { Skeleton, Text, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../components/ProblemNotice'
import { ShownText } from '../../components/text/ShownText'
import { GuideText } from './GuideText'
import { loadGuide, searchGuide, type GuidePage, type GuidePlace } from './guide'
import classes from './Help.module.css'

/** The guide with its table of contents on the left, or the search results during a search; in the window's language, if it is translated. */
export function GuidePane({ query, onLeaveSearch }: { readonly query: string; readonly onLeaveSearch: () => void }) {
  const { i18n } = useTranslation()
  const language = i18n.resolvedLanguage ?? 'en'
  const guide = useQuery({ queryKey: ['guide', language], queryFn: () => loadGuide(language), placeholderData: keepPreviousData })
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
  const [place, setPlace] = useState<GuidePlace | null>(null)
  const page = pages.find(({ name }) => name === place?.page) ?? pages[0]
  const isSearching = query.trim() !== ''
  const target = place && page?.sections[place.section]?.anchor
  useEffect(() => {
    if (place && target && !isSearching) document.getElementById(target)?.scrollIntoView({ block: 'start' })
  }, [place, target, isSearching])
  if (!page) return null
  const go = ({ page: name, section }: GuidePlace) => {
    setPlace({ page: name, section }) // a new object, so that selecting the same section scrolls to it again
    onLeaveSearch()
  }
  const hits = searchGuide(pages, query)
  return (
    <div className={classes.guide}>
      <nav className={classes.contents} aria-label={t('help.contents')}>
        {pages.map((one) =>
          one.sections.map(
            ({ level, title, anchor }, section) =>
              (one === page || level === 1) && (
                <UnstyledButton
                  key={`${one.name}#${anchor}`}
                  className={classes.entry}
                  data-level={level}
                  lang={one.language}
                  aria-current={place?.page === one.name && place.section === section ? 'location' : undefined}
                  onClick={() => go({ page: one.name, section })}
                >
                  {title}
                </UnstyledButton>
              ),
          ),
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
                <li key={`${hit.page} ${hit.section}`} lang={hit.language}>
                  <UnstyledButton className={classes.hit} onClick={() => go(hit)}>
                    <Text component="span" fw={500}>
                      {hit.title}
                    </Text>
                    <Text component="span" size="xs" c="dimmed">
                      <ShownText text={hit.excerpt} />
                    </Text>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </>
        )}
        <div hidden={isSearching} lang={page.language}>
          <GuideText page={page} pages={pages} onGo={go} />
        </div>
      </section>
    </div>
  )
}
