import { Button, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showProblem } from '../../../components/showProblem'
import { useCall } from '../../../api/queries'
import { useKeyScope } from '../../../app/keys/useActions'
import { shell } from '../../../app/state/shell'
import { onStoreAll } from '../../../app/state/writes'
import { saveReviewerName, runPendingDecision, namePrompt } from '../session/reviewerNamePrompt'
import classes from '../flow.module.css'

interface Props {
  /** Resolves when all pending writes have been stored or have failed. */
  readonly settled: () => Promise<void>
  /** Returns the focus to the pair. */
  readonly onLeave: () => void
}

/** Asks for the reviewer's name at the first decision, which is stored under that name. */
export function NamePrompt(props: Props) {
  const asking = namePrompt.use(({ decide }) => decide !== null)
  const settings = useCall('app.settings', {}).data
  // The name may have been entered in the settings in the meantime.
  const isAnswered = asking && settings?.reviewerNamed === true
  useEffect(() => {
    if (isAnswered) runPendingDecision()
  }, [isAnswered])
  return asking && settings && !isAnswered ? <NameForm {...props} account={settings.reviewer} /> : null
}

function NameForm({ account, settled, onLeave }: Props & { readonly account: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState(account)
  const [isSaving, setSaving] = useState(false)
  const answer = async (given: string) => {
    if (!given || isSaving) return
    setSaving(true)
    try {
      await saveReviewerName(client, given)
      onLeave()
    } catch (error) {
      showProblem(error)
      setSaving(false)
    }
  }
  // If the reviewer closes the project or goes to another screen, the decision is stored under the account name.
  useEffect(() => {
    const leave = () => (namePrompt.get().decide ? saveReviewerName(client, account).catch(showProblem).then(settled) : settled())
    const forget = onStoreAll(leave)
    const close = () => void leave()
    window.addEventListener('pagehide', close)
    const stop = shell.subscribe(() => shell.get().screen !== 'review' && close())
    return () => {
      forget()
      stop()
      window.removeEventListener('pagehide', close)
    }
  }, [client, account, settled])
  const form = useRef<HTMLFormElement>(null)
  // Escape answers with the account name, wherever the focus is in the form.
  useKeyScope({ level: 'panel', within: form, fixedKeys: { Escape: () => void answer(account) } })
  return (
    <form
      ref={form}
      className={classes.name}
      role="dialog"
      aria-label={t('flow.name.title')}
      onSubmit={(event) => {
        event.preventDefault()
        void answer(name.trim())
      }}
    >
      <Text size="sm" fw={600}>
        {t('flow.name.title')}
      </Text>
      <Text size="sm" id="name-hint">
        {t('flow.name.text')}
      </Text>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked by the decision that the person just made */}
      <TextInput
        autoFocus
        size="xs"
        aria-label={t('settings.reviewer')}
        aria-describedby="name-hint"
        maxLength={80}
        required
        value={name}
        error={name.trim() === ''}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={isSaving} disabled={name.trim() === ''}>
        {t('flow.name.save')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('flow.name.escape', { name: account })}
      </Text>
    </form>
  )
}
