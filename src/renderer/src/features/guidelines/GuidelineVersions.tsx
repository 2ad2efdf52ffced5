import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Guideline, GuidelineHead } from '../../../../shared/domain/project'
import { call } from '../../api/api'
import { ProblemNotice } from '../../components/ProblemNotice'
import { showProblem } from '../../components/showProblem'
import { formatDate } from '../../format'
import { readAtVisit, useCall } from '../../api/queries'
import { DiffText } from '../review/pair/DiffText'
import classes from './Guidelines.module.css'
import { versionName } from './versionWords'

interface Props {
  readonly current: Guideline
  /** Puts a text into the editor. */
  readonly onTake: (text: string) => void
}

/** All versions, latest first, with a button to use the text of one, and a comparison of any two word by word. */
export function GuidelineVersions({ current, onTake }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useCall('guidelines.versions', {}, readAtVisit)
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Text>{t('guidelines.loading')}</Text>
  const take = (version: number) => {
    call('guidelines.version', { version }).then(({ body }) => onTake(body), showProblem)
  }
  return (
    <Stack>
      <ul className={classes.versions} aria-label={t('guidelines.versions')}>
        {data.map((head) => (
          <li key={head.version}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" className="numbers">
                {versionName(head, t)}
                {head.author !== null && ` · ${t('guidelines.by', { author: head.author, date: formatDate(head.savedAt ?? 0) })}`}
                {head.version === current.version && ` · ${t('guidelines.inForce')}`}
              </Text>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('guidelines.takeLabel', { version: versionName(head, t) })}
                onClick={() => take(head.version)}
              >
                {t('guidelines.take')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <Difference versions={data} current={current.version} />
    </Stack>
  )
}

function Difference({ versions, current }: { readonly versions: readonly GuidelineHead[]; readonly current: number }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(versions.find(({ version }) => version < current)?.version ?? 0)
  const [to, setTo] = useState(current)
  const before = useCall('guidelines.version', { version: from })
  const after = useCall('guidelines.version', { version: to })
  const data = versions.map((head) => ({ value: String(head.version), label: versionName(head, t) }))
  const failed = before.error ?? after.error
  return (
    <section aria-label={t('guidelines.compare')}>
      <div className={classes.sides}>
        <Select
          label={t('guidelines.compareFrom')}
          data={data}
          value={String(from)}
          allowDeselect={false}
          onChange={(value) => setFrom(Number(value))}
        />
        <Select
          label={t('guidelines.compareTo')}
          data={data}
          value={String(to)}
          allowDeselect={false}
          onChange={(value) => setTo(Number(value))}
        />
      </div>
      {failed && <ProblemNotice error={failed} />}
      {before.data && after.data && (
        <div className={`${classes.difference} verbatim`} role="region" aria-label={t('guidelines.compare')} tabIndex={0}>
          {before.data.body === after.data.body ? (
            <Text c="dimmed">{t('guidelines.noDifference')}</Text>
          ) : (
            <DiffText before={before.data.body} after={after.data.body} />
          )}
        </div>
      )}
    </section>
  )
}
