import { Text, Title, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { actions, actionSchema, clashes, keysOf, type Action } from '../../../../shared/keymap'
import { keyText } from '../../app/keys/keyText'
import { useKeymap } from '../../app/keys/Keymap'
import { shell } from '../../app/state/shell'
import classes from './Help.module.css'

const groups = ['decide', 'browse', 'media', 'window'] as const

/** All keys with their current assignments, from the keymap; keys that do nothing on the screen behind the help are dimmed. */
export function KeySheet({ query }: { readonly query: string }) {
  const { t } = useTranslation()
  const keymap = useKeymap()
  const clashing = clashes(keymap)
  const available = shell.use((state) => state.availableBefore)
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const isWanted = (action: Action) => {
    const text = [t(`keys.actions.${action}`), ...keysOf(action, keymap).map((key) => keyText(key))].join(' ').toLocaleLowerCase()
    return words.every((word) => text.includes(word))
  }
  const shown = groups
    .map((group) => ({ group, members: actionSchema.options.filter((action) => actions[action].group === group && isWanted(action)) }))
    .filter(({ members }) => members.length > 0)
  return (
    <section className={classes.keys} aria-label={t('keys.title')} tabIndex={0}>
      <Text size="sm" c="dimmed" mb="md" role="status">
        {shown.length === 0 ? t('help.noKeys') : t('keys.note')}
      </Text>
      <div className={classes.groups}>
        {shown.map(({ group, members }) => (
          <div key={group} className={classes.group}>
            <Title order={3} mb={4}>
              {t(`keys.groups.${group}`)}
            </Title>
            <dl className={classes.list}>
              {members.map((action) => (
                <KeyRow
                  key={action}
                  name={t(`keys.actions.${action}`)}
                  keys={keysOf(action, keymap)}
                  isAvailable={available.includes(action)}
                  clashes={keysOf(action, keymap).some((key) => clashing.has(key))}
                />
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  )
}

interface RowProps {
  readonly name: string
  readonly keys: readonly string[]
  readonly isAvailable: boolean
  readonly clashes: boolean
}

function KeyRow({ name, keys, isAvailable, clashes: doesClash }: RowProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.row} data-available={isAvailable}>
      <dt>
        {name}
        {!isAvailable && <VisuallyHidden component="span"> ({t('keys.elsewhere')})</VisuallyHidden>}
        {doesClash && (
          <Text component="span" size="xs" c="red" ml="xs">
            {t('keys.clash')}
          </Text>
        )}
      </dt>
      <dd className={classes.rowKeys}>
        {keys.map((key) => (
          <kbd key={key} className={classes.key}>
            {keyText(key)}
          </kbd>
        ))}
      </dd>
    </div>
  )
}
