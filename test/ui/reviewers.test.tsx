import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { ReviewScreen } from '../../src/renderer/src/features/review/ReviewScreen'
import { useSaveSettings } from '../../src/renderer/src/features/settings/useSaveSettings'
import { shell } from '../../src/renderer/src/app/state/shell'
import { aProject } from './fakeProject'
import { renderWindow } from './render'
import { candidatesOf, loadImages, reviewProject } from './reviewProject'

beforeEach(() => {
  shell.reset()
  shell.set({ screen: 'review' })
  loadImages()
})

const response = () => document.querySelector('[data-part="response"]')?.textContent

function NextReviewer() {
  const { save } = useSaveSettings()
  return <button onClick={() => save({ reviewer: 'Grace' })}>Grace</button>
}

it('does not show what one reviewer typed to the next one', async () => {
  const project = reviewProject(candidatesOf(3))
  const { bridge, user } = renderWindow(
    <>
      <NextReviewer />
      <ReviewScreen project={aProject()} />
    </>,
    project.handlers,
  )
  await waitFor(() => expect(document.querySelector('[data-ready="true"]')).not.toBeNull())
  await user.keyboard('e Really{Escape}')
  await waitFor(() => expect(project.drafts.get(1)?.response).toBe('Answer 1. Really'))
  // As main answers: the draft is the other's.
  project.drafts.clear()
  await user.click(screen.getByRole('button', { name: 'Grace' }))
  await waitFor(() => expect(bridge.inputsOf('candidate.page').length).toBeGreaterThan(1))
  await waitFor(() => expect(response()).toBe('Answer 1.'))
  expect(screen.queryByText('Unsaved changes restored.')).toBeNull()
})
