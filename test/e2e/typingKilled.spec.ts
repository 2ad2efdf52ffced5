import { expect, test } from '@playwright/test'
import { launch, temporaryUserData } from './launch'
import { openSample, readMain } from './projects'
import { draftAll, goTo, pairReady } from './screens'

const KILLS = 5
const MOST_LOST_MS = 300

test('a SIGKILL while one types loses at most the last 300 ms of it', async () => {
  const userData = temporaryUserData()
  const first = await openSample(userData)
  await draftAll(first.page)
  await expect(first.page.getByText('8 of 8 items')).toBeVisible()
  await first.app.close()

  for (let kill = 0; kill < KILLS; kill++) {
    const app = await launch(userData)
    const page = await app.firstWindow()
    await page
      .getByRole('button', { name: /Exemplar sample/ })
      .first()
      .click()
    await goTo(page, 'Review')
    await pairReady(page)
    const id = Number(await page.locator('[data-candidate]').getAttribute('data-candidate'))
    await page.keyboard.press('e')
    const field = page.getByRole('textbox', { name: 'Response' })
    await expect(field).toBeFocused()
    // When each letter stood in the field, as the page itself saw it: a test's own clock would count the way to it.
    const letters: { readonly text: string; readonly at: number }[] = []
    await page.exposeFunction('noteLetter', (text: string, at: number) => void letters.push({ text, at }))
    await field.evaluate((element) =>
      element.addEventListener('input', () =>
        (window as unknown as { noteLetter(text: string, at: number): void }).noteLetter(
          (element as HTMLTextAreaElement).value,
          Date.now(),
        ),
      ),
    )
    await page.keyboard.press('Control+a')
    // No pause longer than a moment, so that only what is stored while one types counts.
    const exited = new Promise((resolve) => app.process().once('exit', resolve))
    const words = `Round ${kill} goes on and on without any pause at all `.repeat(2)
    const killAfter = 30 + kill * 13
    for (const letter of words.slice(0, killAfter)) await page.keyboard.type(letter)
    const killedAt = Date.now()
    app.process().kill('SIGKILL')
    await exited

    const again = await launch(userData)
    const window = await again.firstWindow()
    await window
      .getByRole('button', { name: /Exemplar sample/ })
      .first()
      .click()
    await expect(window.getByRole('navigation').first()).toBeVisible()
    const kept = (await readMain(window, 'candidate.get', { id })).draft?.response ?? ''
    const lost = letters.filter(({ text, at }) => text.length > kept.length && at < killedAt)
    expect(words.startsWith(kept)).toBe(true)
    expect(killedAt - (lost[0]?.at ?? killedAt)).toBeLessThanOrEqual(MOST_LOST_MS)
    expect((await readMain(window, 'project.doctor', {})).findings).toEqual([])
    await again.close()
  }
})
