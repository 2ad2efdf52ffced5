import { Anchor, Button, Radio, Stack, Text, Title } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../../shared/contract'
import { NumberField } from '../../components/fields/NumberField'
import { useCall } from '../../api/queries'
import { openOverlay } from '../../app/state/shell'
import { useStartRun } from './useStartRun'
import classes from './Runs.module.css'

const choices = ['undrafted', 'all', 'first'] as const
type Choice = (typeof choices)[number]

const requests = {
  all: () => ({}),
  undrafted: () => ({ onlyUndrafted: true }),
  first: (count: number) => ({ limit: count }),
} as const satisfies Record<Choice, (count: number) => CallInput<'run.start'>>

const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).host : address)

/** Which items, who drafts, how many calls; and the button. */
export function StartPanel() {
  const { t } = useTranslation()
  const [choice, setChoice] = useState<Choice>('undrafted')
  const [first, setFirst] = useState(10)
  const settings = useCall('app.settings', {}).data
  const items = useCall('project.stats', {}).data?.items ?? 0
  const undrafted = useCall('item.page', { filter: { state: 'undrafted' }, after: 0, limit: 1 }).data?.total ?? 0
  const start = useStartRun()
  const calls = { all: items, undrafted, first: Math.min(first, items) }[choice]
  const provider = settings?.provider
  return (
    <section className={classes.start} aria-labelledby="start-title">
      <Stack gap="md">
        <Title order={2} id="start-title">
          {t('runs.startTitle')}
        </Title>
        <Radio.Group
          label={t('runs.which')}
          value={choice}
          onChange={(value) => setChoice(choices.find((known) => known === value) ?? 'undrafted')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="undrafted" label={`${t('runs.whichUndrafted')} (${undrafted})`} />
            <Radio value="all" label={`${t('runs.whichAll')} (${items})`} />
            <Radio value="first" label={t('runs.whichFirst')} />
          </Stack>
        </Radio.Group>
        {choice === 'first' && (
          <NumberField
            label={t('runs.firstCount')}
            value={Math.min(first, Math.max(1, items))}
            min={1}
            max={Math.max(1, items)}
            onValue={setFirst}
          />
        )}
        {provider && (
          <Text size="sm">
            <strong className="numbers">{t('runs.calls', { count: calls })}</strong>,{' '}
            {t('runs.by', {
              provider:
                provider.kind === 'demo'
                  ? t('runs.demoProvider')
                  : t('runs.modelProvider', { model: provider.model, host: hostOf(provider.baseUrl) }),
            })}{' '}
            <Anchor component="button" type="button" size="sm" underline="always" onClick={() => openOverlay('settings')}>
              {t('runs.change')}
            </Anchor>
          </Text>
        )}
        {calls === 0 && (
          <Text size="sm" c="dimmed">
            {t('runs.nothingToDo')}
          </Text>
        )}
        <Button
          leftSection={<IconSparkles size={18} aria-hidden />}
          disabled={calls === 0}
          loading={start.isPending}
          onClick={() => start.mutate(requests[choice](first))}
        >
          {t('runs.start')}
        </Button>
      </Stack>
    </section>
  )
}
