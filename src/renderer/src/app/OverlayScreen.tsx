import { ActionIcon, Loader, Tooltip } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeyScope } from './keys/useActions'
import classes from './OverlayScreen.module.css'
import { closeOverlay, type Overlay } from './state/shell'

const SettingsScreen = lazy(async () => ({ default: (await import('../features/settings/SettingsScreen')).SettingsScreen }))
const HelpScreen = lazy(async () => ({ default: (await import('../features/help/HelpScreen')).HelpScreen }))

/** Shows the settings or the help instead of the screen. Escape and the back arrow return to the screen. */
export function OverlayScreen({ overlay }: { readonly overlay: Overlay }) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  // Escape closes an open list first. By the time the key arrives here, the list is already closed.
  const listIsOpen = useRef(false)
  const noteOpenList = ({ target }: KeyboardEvent) => {
    listIsOpen.current = target instanceof Element && target.closest('[aria-expanded="true"]') !== null
  }
  useKeyScope({ level: 'screen', fixedKeys: { Escape: () => (listIsOpen.current ? false : closeOverlay()) } })
  useEffect(() => {
    const before = document.activeElement
    root.current?.focus({ preventScroll: true })
    return () => {
      const back =
        before instanceof HTMLElement && before.isConnected && before !== document.body ? before : document.getElementById('content')
      back?.focus({ preventScroll: true })
    }
  }, [])
  const Screen = { settings: SettingsScreen, help: HelpScreen }[overlay]
  return (
    <div ref={root} className={classes.root} tabIndex={-1} onKeyDownCapture={noteOpenList}>
      <Suspense fallback={<Loader m="xl" aria-label={t('common.loading')} />}>
        <Screen
          back={
            <Tooltip label={`${t('common.back')} · Esc`}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('common.back')} onClick={closeOverlay}>
                <IconArrowLeft size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          }
        />
      </Suspense>
    </div>
  )
}
