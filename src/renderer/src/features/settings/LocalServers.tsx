import { Button, Group, Text } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LocalServer } from '../../../../shared/contract'
import { showHidden } from '../../../../shared/text/hiddenCharacters'
import { defaultProviderSettings } from '../../../../shared/domain'
import { addProfile, chooseProfile, listProfiles } from '../../../../shared/profiles'
import { useCallMutation } from '../../api/queries'
import { showDone } from '../../components/showProblem'
import classes from './Settings.module.css'
import { useSaveSettings } from './useSaveSettings'

/** Searches for model servers on this computer on request, and creates a profile for one. */
export function LocalServers() {
  const { t } = useTranslation()
  const { save, read } = useSaveSettings()
  const detect = useCallMutation('provider.detect')
  const use = ({ kind, baseUrl, models }: LocalServer) => {
    const settings = read()
    if (!settings) return
    const known = listProfiles(settings).find((profile) => profile.kind === 'openai' && profile.baseUrl === baseUrl)
    if (known) return save((now) => chooseProfile(now, known.id))
    const name = t(`profiles.servers.${kind}`)
    const model = models.find(({ isEmbedding }) => !isEmbedding)?.id ?? defaultProviderSettings.model
    save((now) => addProfile(now, { ...defaultProviderSettings, kind: 'openai', baseUrl, model, id: crypto.randomUUID(), name }))
    showDone(t('profiles.added', { name }))
  }
  return (
    <div className={classes.servers}>
      <Group gap="sm" wrap="nowrap">
        <Button
          size="xs"
          variant="default"
          flex="none"
          leftSection={<IconRadar2 size={16} aria-hidden />}
          loading={detect.isPending}
          onClick={() => detect.mutate({})}
        >
          {t('profiles.detect')}
        </Button>
        <Text size="xs" c="dimmed" role="status">
          {detect.data?.length === 0 ? t('profiles.noServers') : t('profiles.detectHint')}
        </Text>
      </Group>
      {detect.data && detect.data.length > 0 && (
        <ul className={classes.found}>
          {detect.data.map((server) => (
            <li key={server.baseUrl}>
              <div>
                <Text size="sm" fw={500}>
                  {t(`profiles.servers.${server.kind}`)}
                </Text>
                <Text size="xs" c="dimmed" className="numbers">
                  {t('profiles.serverModels', { host: new URL(server.baseUrl).host, count: server.models.length })}
                </Text>
                <Text
                  size="xs"
                  c="dimmed"
                  className="verbatim"
                  lineClamp={2}
                  title={showHidden(server.models.map(({ id }) => id).join(', '))}
                >
                  {server.models.map(({ id }) => id).join(', ')}
                </Text>
              </div>
              <Button size="xs" variant="default" flex="none" onClick={() => use(server)}>
                {t('profiles.useServer', { server: t(`profiles.servers.${server.kind}`) })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
