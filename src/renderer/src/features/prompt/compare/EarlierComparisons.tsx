import { Text, Title, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../api/queries'
import { ProblemNotice } from '../../../components/ProblemNotice'
import { formatDate } from '../../../format'
import { sideTitle } from '../versionTitle'
import { openComparison } from './compareState'
import classes from './Compare.module.css'

/** Earlier comparisons, latest first, which can be opened again. */
export function EarlierComparisons() {
  const { t } = useTranslation()
  const list = useCall('comparison.list', {}, { staleTime: 0 })
  const labels = useCall('prompt.get', {}).data?.versions
  if (list.error) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  const titleOf = (side: { readonly versionId: number | null; readonly name: string }) =>
    // The version may have been named in the meantime.
    sideTitle(t, { ...side, name: labels?.find(({ id }) => id === side.versionId)?.name ?? side.name })
  return (
    <section className={classes.earlier} aria-label={t('compare.earlier')}>
      <Title order={2}>{t('compare.earlier')}</Title>
      {list.data?.length === 0 ? (
        <Text c="dimmed">
          {t('compare.noEarlier')} {t('compare.noEarlierText')}
        </Text>
      ) : (
        <ul className={classes.list}>
          {list.data?.map(({ id, first, second, items, model, createdAt }) => (
            <li key={id}>
              <UnstyledButton className={classes.row} onClick={() => openComparison(id)}>
                <Text size="sm" fw={500}>
                  {t('compare.versus', { first: titleOf(first), second: titleOf(second) })}
                </Text>
                <Text size="xs" c="dimmed" className="numbers">
                  {t('compare.summary', { count: items, model, date: formatDate(createdAt) })}
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
