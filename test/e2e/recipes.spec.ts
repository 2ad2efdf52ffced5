import { expect, test } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { getRecipe } from '../../src/main/recipes/registry'
import { startModelServer } from '../support/modelServer'
import { launch, temporaryUserData } from './launch'
import { recipeCases } from './recipeCases'
import { relations } from './relations'
import * as steps from './recipeSteps'
import { goTo, pairReady, photograph } from './screens'

for (const recipeCase of recipeCases) {
  const { recipe, items, shows, annotation, form, relation, imageIds } = recipeCase
  test(`${recipe}: from its native files to a valid set with its relations, by the demo and by a model`, async () => {
    const userData = temporaryUserData()
    const server = await startModelServer()
    const app = await launch(userData)
    const page = await app.firstWindow()
    await steps.createProject(page, recipe, `Sample ${recipe}`)
    await steps.importItems(app, page, recipeCase)

    // The library shows every item, the inspector all media of the chosen one.
    const shown = 'images' in shows ? shows.images : shows.videos
    await steps.expectPainted(steps.library(page), items)
    await page.locator('[data-item]').first().click()
    await steps.expectPainted(steps.inspector(page), shown)

    // The prompt, word for word.
    await goTo(page, 'Prompt')
    const { systemMessage } = getRecipe(recipe).text
    const [system, user] = await steps.readMessages(page, 2)
    expect(system?.join().startsWith(systemMessage)).toBe(true)
    expect(user).toEqual([annotation, steps.requested(form)])

    // Drafted by the demo, reviewed by keyboard beside the media.
    await steps.draftAll(page, 1, items)
    await goTo(page, 'Review')
    await pairReady(page)
    await steps.expectPainted(steps.viewer(page), shown)
    await page.mouse.move(640, 4) // points nothing out
    await photograph(page, `recipe-${recipe}`)
    await steps.lookClosely[recipe]?.(page)
    await steps.reviewThree(page)
    await steps.acceptPending(page)

    // Once more by a model at an address, with what was approved as exemplars of the other items.
    await steps.chooseServer(page, server)
    const before = server.requests.length
    await steps.draftAll(page, 2, items)
    const requests = server.requests.slice(before)
    expect(requests).toHaveLength(items)
    const first = requests.find(({ prompt }) => prompt.startsWith(annotation))
    if (!first) throw new Error('First items item was not asked for')
    steps.expectRequest(first, form, annotation)
    expect(first.body.messages.some(({ role }) => role === 'assistant')).toBe(items > 1)
    await goTo(page, 'Review')
    await steps.acceptPending(page)

    const { pairs, total, groups } = await steps.exportSet(app, page, path.join(userData, 'out'), getRecipe(recipe).prefix)
    const { accepted, edited, rejected } = await steps.countPairs(page)
    expect([edited, rejected]).toEqual([1, 1])
    expect(pairs).toHaveLength(accepted + edited)
    expect(total).toBe(accepted + edited)
    expect(new Set(pairs.map(({ provider }) => provider))).toEqual(new Set(['demo', 'openai']))
    expect(pairs.filter(({ entry }) => entry.answer.endsWith(steps.correction))).toHaveLength(1)
    expect(pairs[0]?.entry.image_ids).toEqual(imageIds)
    expect(groups).toEqual([getRecipe(recipe).group])
    for (const pair of pairs) {
      relation(pair, pairs, pair.entry.rel_ins_ids)
      expect(pair.train).toEqual(pair.entry.rel_ins_ids)
    }
    await app.close()
    await server.close()
  })
}

test('custom: a recipe made in the window, from a table of one’s own to a valid set with the relation that was chosen', async () => {
  const userData = temporaryUserData()
  const server = await startModelServer()
  const table = path.join(userData, 'plants.csv')
  fs.writeFileSync(table, 'file,colour,place\nflower.jpg,orange,a garden\ncoffee_pov.webm,red,a wooden table\n')
  const app = await launch(userData)
  const page = await app.firstWindow()
  await steps.createProject(page, 'custom', 'Colours')
  const dialog = page.getByRole('dialog', { name: 'Custom recipe' })
  await dialog.getByRole('combobox', { name: 'Fields' }).pressSequentially('colour,place,')
  await steps.chooseOption(page, 'Output format', 'Conversations')
  await steps.chooseOption(page, 'Related pairs', 'All other pairs of the item')
  await dialog.getByRole('textbox', { name: 'ID prefix' }).fill('hue')
  await expect(dialog.getByRole('textbox', { name: 'Starting template' })).toHaveValue(/context\["place"\]/)
  await photograph(page, 'customRecipe')
  await dialog.getByRole('button', { name: 'Save recipe' }).click()
  await expect(dialog).toHaveCount(0)

  await steps.importItems(app, page, { format: 'csv', files: { 'CSV file': table }, items: 2 })
  await steps.expectPainted(steps.library(page), 2)
  await goTo(page, 'Prompt')
  const annotation = 'colour: orange\nplace: a garden'
  const [, user] = await steps.readMessages(page, 2)
  expect(user).toEqual([annotation, steps.requested('conversations')])

  await steps.draftAll(page, 1, 2)
  await goTo(page, 'Review')
  await pairReady(page)
  await steps.expectPainted(steps.viewer(page), 1)
  await steps.reviewThree(page)
  await steps.acceptPending(page)
  await steps.chooseServer(page, server)
  const before = server.requests.length
  await steps.draftAll(page, 2, 2)
  const first = server.requests.slice(before).find(({ prompt }) => prompt.startsWith(annotation))
  if (!first) throw new Error('First items item was not asked for')
  steps.expectRequest(first, 'conversations', annotation)
  await goTo(page, 'Review')
  await steps.acceptPending(page)

  const { pairs, total } = await steps.exportSet(app, page, path.join(userData, 'out'), 'HUE')
  expect(pairs).toHaveLength(total)
  expect(pairs[0]?.entry.image_ids).toEqual(['HUE_IMG_flower.jpg'])
  for (const pair of pairs) relations.mutual(pair, pairs, pair.entry.rel_ins_ids)
  await app.close()
  await server.close()
})
