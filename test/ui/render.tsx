import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { Providers } from '../../src/renderer/src/app/Providers'
import { createQueryClient } from '../../src/renderer/src/api/queries'
import { createFakeBridge, type FakeBridge, type Handlers } from './fakeBridge'

/** Draws a part of the window on top of a fake main process; `bridge` may be given to look at it before drawing. */
export function renderWindow(part: ReactElement, handlers: Partial<Handlers> | FakeBridge = {}) {
  const bridge = 'calls' in handlers ? handlers : createFakeBridge(handlers)
  window.exemplar = bridge
  const client = createQueryClient()
  return {
    bridge,
    user: userEvent.setup(),
    ...render(
      <Providers client={client} env="test">
        {part}
      </Providers>,
    ),
  }
}
