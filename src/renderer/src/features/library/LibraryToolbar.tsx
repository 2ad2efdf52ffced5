import { Button, Menu, Select, Text, TextInput } from '@mantine/core'
import { IconArrowsSort, IconFileImport, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  itemFilterSchema,
  itemSortSchema,
  librarySizeSchema,
  type ItemCounts,
  type ItemFilter,
  type ItemSort,
  type LibrarySize,
} from '../../../../shared/contract'
import { formatNumber } from '../../format'
import classes from './Library.module.css'

/** Search, filter and display options of the library. */
export interface LibraryView {
  readonly query: string
  readonly state: ItemFilter['state']
  readonly sort: ItemSort
  readonly size: LibrarySize
}

interface Props {
  readonly view: LibraryView
  readonly counts: ItemCounts | null
  readonly total: number | undefined
  readonly onChange: (part: Partial<LibraryView>) => void
  readonly onImport: () => void
}

const stateSchema = itemFilterSchema.shape.state

/** Toolbar of the library: search, states with counts, display options, and import. */
export function LibraryToolbar({ view, counts, total, onChange, onImport }: Props) {
  const { t } = useTranslation()
  const withCount = (state: ItemFilter['state']) =>
    counts ? `${t(`library.filter.${state}`)} (${formatNumber(counts[state])})` : t(`library.filter.${state}`)
  // States without items are hidden, except the selected one.
  const isOffered = (state: ItemFilter['state']) =>
    state === view.state || (state !== 'excluded' && state !== 'deleted') || (counts?.[state] ?? 0) > 0
  const counted = total === undefined ? undefined : t('library.count', { count: total })
  return (
    <div className={classes.toolbar} role="group" aria-label={t('library.tools')}>
      <TextInput
        className={classes.search}
        size="xs"
        aria-label={t('library.search')}
        placeholder={t('library.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={view.query}
        onChange={(event) => onChange({ query: event.currentTarget.value })}
        maxLength={400}
        type="search"
      />
      <Select
        className={classes.filter}
        size="xs"
        aria-label={t('library.filterLabel')}
        value={view.state}
        data={stateSchema.options.filter(isOffered).map((value) => ({ value, label: withCount(value) }))}
        onChange={(value) => onChange({ state: stateSchema.parse(value) })}
        allowDeselect={false}
      />
      <Text size="sm" c="dimmed" className={`numbers ${classes.count}`} role="status" title={counted}>
        {counted}
      </Text>
      <ViewMenu view={view} onChange={onChange} />
      <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={onImport}>
        {t('library.import')}
      </Button>
    </div>
  )
}

/** Menu for the order and the size of the items. */
function ViewMenu({ view, onChange }: Pick<Props, 'view' | 'onChange'>) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={220} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          title={`${t('library.sort')} · ${t('library.size')}`}
          leftSection={<IconArrowsSort size={16} aria-hidden />}
        >
          {t(`library.sorts.${view.sort}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('library.sort')}</Menu.Label>
        <Menu.RadioGroup value={view.sort} onChange={(sort) => onChange({ sort: itemSortSchema.parse(sort) })}>
          {itemSortSchema.options.map((sort) => (
            <Menu.RadioItem key={sort} value={sort} closeMenuOnClick>
              {t(`library.sorts.${sort}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('library.size')}</Menu.Label>
        <Menu.RadioGroup value={view.size} onChange={(size) => onChange({ size: librarySizeSchema.parse(size) })}>
          {librarySizeSchema.options.map((size) => (
            <Menu.RadioItem key={size} value={size} closeMenuOnClick>
              {t(`library.sizes.${size}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
