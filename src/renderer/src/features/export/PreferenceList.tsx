import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Preference } from '../../../../shared/domain'
import { ShownText } from '../../components/text/ShownText'
import { DiffSide } from '../review/pair/DiffText'
import classes from './Export.module.css'

/** The better and the worse answer of each example side by side, with the changes between them. */
export function PreferenceList({ preferences }: { readonly preferences: readonly Preference[] }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="export-preferences">
      <Title order={3} id="export-preferences">
        {t('export.preferences')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('export.preferencesHint', { count: preferences.length })}
      </Text>
      <ul className={classes.preferences}>
        {preferences.map(({ candidateId, item, instruction, chosen, rejected }) => (
          <li key={candidateId} className={classes.preference}>
            <p className={classes.asked}>
              <Text span size="xs" c="dimmed">
                {t('export.item')} <ShownText text={item} />
              </Text>
              <br />
              <ShownText text={instruction} />
            </p>
            {rejected !== null && (
              <div>
                <Text size="xs" c="dimmed">
                  {t('export.rejected')}
                </Text>
                <p className={classes.answer}>
                  {chosen === null ? <ShownText text={rejected} /> : <DiffSide before={rejected} after={chosen} side="before" />}
                </p>
              </div>
            )}
            {chosen !== null && (
              <div>
                <Text size="xs" c="dimmed">
                  {t('export.chosen')}
                </Text>
                <p className={classes.answer}>
                  {rejected === null ? <ShownText text={chosen} /> : <DiffSide before={rejected} after={chosen} side="after" />}
                </p>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
