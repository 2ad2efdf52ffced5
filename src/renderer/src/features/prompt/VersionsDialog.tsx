import { Accordion, Button, Group, Modal, Stack, Tabs, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PromptState } from '../../../../shared/contract'
import type { PromptText } from '../../../../shared/domain'
import { ShownText } from '../../components/text/ShownText'
import { Verbatim } from '../../components/text/Verbatim'
import { formatDate } from '../../format'
import { VersionDifference } from './VersionDifference'
import { VersionLabel } from './VersionLabel'
import { promptDraft, textOf } from './promptDraft'

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
  readonly stored: PromptState
  /** The text in the fields. */
  readonly shown: PromptText
}

/** Dialog with all versions, latest first, to read, compare and restore, and with the recipe's own text. */
export function VersionsDialog({ opened, onClose, stored, shown }: Props) {
  const { t } = useTranslation()
  const restore = (text: PromptText) => {
    promptDraft.set({ text: textOf(text) })
    onClose()
  }
  const latestFirst = stored.versions.toSorted((a, b) => b.id - a.id)
  return (
    <Modal opened={opened} onClose={onClose} title={t('prompt.versions')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack>
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" c="dimmed">
            {t('prompt.versionsHint')}
          </Text>
          <Button size="xs" variant="default" flex="none" onClick={() => restore(stored.recipeText)}>
            {t('prompt.recipeText')}
          </Button>
        </Group>
        <Tabs defaultValue="all">
          <Tabs.List mb="sm">
            <Tabs.Tab value="all">{t('prompt.allVersions')}</Tabs.Tab>
            <Tabs.Tab value="difference">{t('prompt.difference')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="all">
            <Accordion order={3} chevronPosition="left">
              {latestFirst.map((version) => (
                <Accordion.Item key={version.id} value={String(version.id)}>
                  <Accordion.Control>
                    <Text size="sm" className="numbers">
                      {version.name && <strong>{version.name} · </strong>}
                      {t('prompt.version', { id: version.id, date: formatDate(version.createdAt) })}
                      {version.id === stored.current.id && ` · ${t('prompt.current')}`}
                    </Text>
                    {version.note && (
                      <Text size="xs" c="dimmed" lineClamp={1}>
                        <ShownText text={version.note} />
                      </Text>
                    )}
                  </Accordion.Control>
                  <Accordion.Panel>
                    <Stack gap="xs">
                      <VersionLabel version={version} />
                      <Text size="xs" c="dimmed">
                        {t('prompt.systemMessage')}
                      </Text>
                      <Verbatim label={t('prompt.systemMessage')} text={version.systemMessage} />
                      <Text size="xs" c="dimmed">
                        {t('prompt.contextTemplate')}
                      </Text>
                      <Verbatim label={t('prompt.contextTemplate')} text={version.contextTemplate} />
                      <Text size="xs" c="dimmed">
                        {t('prompt.outputForm')}: {t(`prompt.outputForms.${version.outputForm}`)}
                      </Text>
                      <Button size="xs" variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => restore(version)}>
                        {t('prompt.restore')}
                      </Button>
                    </Stack>
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          </Tabs.Panel>
          <Tabs.Panel value="difference">
            <VersionDifference stored={stored} shown={shown} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Modal>
  )
}
