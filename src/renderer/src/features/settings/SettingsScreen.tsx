import { CloseButton, Tabs, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenToolbar } from '../../components/ScreenToolbar'
import { useCall } from '../../api/queries'
import { useKeyScope } from '../../app/keys/useActions'
import { shell } from '../../app/state/shell'
import { QualitySettingsForm } from '../quality/QualitySettingsForm'
import { AppearanceSettings } from './AppearanceSettings'
import { GeneralSettings } from './GeneralSettings'
import { KeysEditor } from './KeysEditor'
import { ProviderSettingsForm } from './ProviderSettingsForm'
import { ReviewSettingsForm } from './ReviewSettingsForm'
import { SettingsSaved } from './SettingsSaved'
import { useSettingsSearch } from './useSettingsSearch'
import classes from './Settings.module.css'

const sections = ['general', 'appearance', 'provider', 'keys', 'review'] as const
type Section = (typeof sections)[number]

/** The settings in sections, with a search over all of them. Every change is saved immediately. */
export function SettingsScreen({ back }: { readonly back?: ReactNode }) {
  const { t } = useTranslation()
  const place = shell.use((state) => state.settingsPlace)
  const settings = useCall('app.settings', {}).data
  const project = useCall('project.current', {}).data
  const review = useCall('review.settings', {}, { enabled: project !== null }).data
  const [section, setSection] = useState<Section>(place === 'secondReview' ? 'review' : place)
  const field = useRef<HTMLInputElement>(null)
  const panels = useRef<HTMLDivElement>(null)
  const search = useSettingsSearch(panels, t('settings.synonyms'))
  useKeyScope({ level: 'screen', actions: { search: () => field.current?.focus() } })
  // During a search all sections are mounted; memoised, so that they do not re-render with every letter.
  const contents = useMemo((): Record<Section, ReactNode> | null => {
    if (!settings) return null
    return {
      general: <GeneralSettings settings={settings} />,
      appearance: <AppearanceSettings settings={settings} />,
      provider: <ProviderSettingsForm settings={settings} />,
      keys: <KeysEditor keymap={settings.keys} />,
      review: review && (
        <>
          <ReviewSettingsForm settings={review} />
          <QualitySettingsForm reasons={review.reasons} atSecondReview={place === 'secondReview'} />
        </>
      ),
    }
  }, [settings, review, place])
  if (!contents) return null
  const shown = sections.filter((name) => name !== 'review' || project)
  const nameOf = (name: Section) => (name === 'appearance' ? t('comfort.section') : t(`settings.sections.${name}`))
  const open = (name: string | null) => {
    search.clear()
    setSection(sections.find((known) => known === name) ?? section)
  }
  return (
    <section className={classes.screen} aria-label={t('settings.title')}>
      <ScreenToolbar title={t('settings.title')} before={back} info={<SettingsSaved />}>
        <TextInput
          ref={field}
          className={classes.search}
          type="search"
          size="xs"
          aria-label={t('settings.search')}
          placeholder={t('settings.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={search.query && <CloseButton size="xs" aria-label={t('settings.clearSearch')} onClick={search.clear} />}
          value={search.query}
          maxLength={80}
          onChange={(event) => search.setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = search.found
            if (event.key === 'Enter' && first) {
              setSection(sections.find((known) => known === first.section) ?? section)
              search.show(first)
            } else if (event.key === 'Escape' && search.query) {
              event.preventDefault()
              search.clear()
            }
          }}
        />
      </ScreenToolbar>
      <Tabs
        className={classes.tabs}
        orientation="vertical"
        value={section}
        onChange={open}
        // The search reads all sections.
        keepMounted={search.isUsed}
      >
        <Tabs.List className={classes.sections} aria-label={t('settings.title')}>
          {shown.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {nameOf(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className={classes.content}>
          {search.query.trim() && (
            <div role="region" aria-label={t('settings.found')}>
              <Text size="sm" c="dimmed" role="status" mb="xs">
                {t('settings.foundCount', { count: search.found.length })}
              </Text>
              <ul className={classes.found}>
                {search.found.map((setting, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- two settings may have one name
                  <li key={index}>
                    <UnstyledButton
                      className={classes.foundSetting}
                      onClick={() => {
                        setSection(sections.find((known) => known === setting.section) ?? section)
                        search.show(setting)
                      }}
                    >
                      <span>{setting.name}</span>
                      <Text component="span" size="xs" c="dimmed">
                        {nameOf(sections.find((known) => known === setting.section) ?? section)}
                      </Text>
                    </UnstyledButton>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <div ref={panels} hidden={search.query.trim() !== ''}>
            {shown.map((name) => (
              <Tabs.Panel key={name} value={name} data-section={name} className={classes.panel}>
                {contents[name]}
              </Tabs.Panel>
            ))}
          </div>
        </div>
      </Tabs>
    </section>
  )
}
