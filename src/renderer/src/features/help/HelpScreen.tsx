import { Button, CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { IconMap, IconSearch } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenToolbar } from '../../components/ScreenToolbar'
import { useCall } from '../../api/queries'
import { useKeyScope } from '../../app/keys/useActions'
import { closeOverlay, helpPlaces, openHelp, shell } from '../../app/state/shell'
import { startTour } from '../../app/state/tour'
import { GuidePane } from './GuidePane'
import { KeySheet } from './KeySheet'
import classes from './Help.module.css'

/** Help screen with the guide and the list of keys, each with a search. */
export function HelpScreen({ back }: { readonly back?: ReactNode }) {
  const { t } = useTranslation()
  const place = shell.use((state) => state.helpPlace)
  const hasProject = Boolean(useCall('project.current', {}).data)
  const [query, setQuery] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useKeyScope({ level: 'screen', actions: { search: () => field.current?.focus() } })
  const searchLabel = t(place === 'guide' ? 'help.searchGuide' : 'help.searchKeys')
  return (
    <section className={classes.screen} aria-label={t('shell.help')}>
      <ScreenToolbar title={t('shell.help')} before={back}>
        <SegmentedControl
          size="xs"
          aria-label={t('help.parts')}
          value={place}
          onChange={(value) => openHelp(helpPlaces.find((known) => known === value) ?? 'guide')}
          data={helpPlaces.map((value) => ({ value, label: t(value === 'guide' ? 'help.guide' : 'keys.title') }))}
        />
        <TextInput
          ref={field}
          className={classes.search}
          type="search"
          size="xs"
          aria-label={searchLabel}
          placeholder={searchLabel}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={query && <CloseButton size="xs" aria-label={t('settings.clearSearch')} onClick={() => setQuery('')} />}
          value={query}
          maxLength={80}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !query) return
            event.preventDefault()
            setQuery('')
          }}
        />
        {hasProject && (
          <Button
            variant="default"
            leftSection={<IconMap size={16} aria-hidden />}
            onClick={() => {
              closeOverlay()
              startTour()
            }}
          >
            {t('comfort.tour.again')}
          </Button>
        )}
      </ScreenToolbar>
      {place === 'guide' ? <GuidePane query={query} onLeaveSearch={() => setQuery('')} /> : <KeySheet query={query} />}
    </section>
  )
}
