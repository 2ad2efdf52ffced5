import { Tour as MantineTour } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSettings, CallOutput } from '../../../../shared/contract'
import { keysOf, type Action } from '../../../../shared/keymap'
import { call } from '../../api/api'
import { showProblem } from '../../components/showProblem'
import { callKey, useCall } from '../../api/queries'
import { goTo, goToReview } from '../../app/state/shell'
import { endTour, tour } from '../../app/state/tour'
import { keyText } from '../../app/keys/keyText'
import { useKeymap } from '../../app/keys/Keymap'
import { useKeyScope } from '../../app/keys/useActions'
import { useSaveSettings } from '../settings/useSaveSettings'
import { tourSteps } from './tourSteps'

/** Number of items to draft for if the project has no pairs yet. */
const FEW = 3

/** Drafts a few pairs if there are none, so that the tour has something to show; only with the demo generator, which costs nothing. */
async function draftFew(stats: CallOutput<'project.stats'>, { provider }: AppSettings): Promise<void> {
  if (stats.candidates > 0 || stats.items === 0 || provider.kind !== 'demo') return
  await call('run.start', { limit: FEW })
}

/**
 * Tour of five steps over the real parts of the window, ending at the review screen with the first pair. Controlled by Enter, the arrow
 * keys, Tab and Escape.
 */
export function Tour() {
  const { shown } = tour.use((state) => state)
  const project = useCall('project.current', {}).data
  useEffect(() => {
    if (!project) endTour()
  }, [project])
  return shown && project ? <Steps /> : null
}

function Steps() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const keymap = useKeymap()
  const { save, read } = useSaveSettings()
  const key = (action: Action) => keyText(keysOf(action, keymap)[0] ?? '')

  useEffect(() => {
    const settings = read()
    if (!settings) return
    if (!settings.tourSeen) save({ tourSeen: true })
    const stats = client.fetchQuery({ queryKey: callKey('project.stats', {}), queryFn: () => call('project.stats', {}), staleTime: 0 })
    void stats
      .then(async (known) => {
        await draftFew(known, settings)
        goToReview({ states: known.candidates > 0 && known.pending === 0 ? [] : ['pending'] })
      })
      .catch(showProblem)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for every tour
  }, [])

  const [step, setStep] = useState(0)
  const close = () => {
    endTour()
    // The previously focused element may have been unmounted with its screen.
    setTimeout(() => {
      if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true })
    }, 50)
  }
  // On a focused button, Enter presses the button.
  useKeyScope({ level: 'dialog', fixedKeys: { Enter: () => (step < tourSteps.length - 1 ? setStep(step + 1) : close()) } })
  const keys = {
    accept: key('accept'),
    reject: key('reject'),
    ignore: key('ignore'),
    undo: key('undo'),
    edit: key('edit'),
    save: key('saveAndAccept'),
  }
  return (
    <MantineTour
      active
      step={step}
      onStepChange={setStep}
      onClose={close}
      transitionProps={{ duration: 0 }}
      stepTransitionDuration={0}
      spotlightPadding={4}
      maxWidth={400}
      labels={{
        skip: t('comfort.tour.skip'),
        back: t('comfort.tour.back'),
        next: t('comfort.tour.next'),
        close: t('comfort.tour.close'),
        stepCounter: (place, steps) => t('comfort.tour.place', { step: place, steps }),
      }}
      withCloseButton={false}
      // The keys of the window are inactive below a modal dialog; live regions announce a new step.
      attributes={{ tooltip: { 'aria-modal': true }, title: { 'aria-live': 'polite' }, body: { 'aria-live': 'polite' } }}
    >
      {tourSteps.map(({ name, screen, target, position }) => (
        <MantineTour.Step
          key={name}
          target={target}
          position={position}
          title={t(`comfort.tour.steps.${name}.title`)}
          onStepOpen={() => goTo(screen)}
        >
          {t(`comfort.tour.steps.${name}.text`, keys)}
        </MantineTour.Step>
      ))}
    </MantineTour>
  )
}
