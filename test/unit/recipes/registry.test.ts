import { describe, expect, it } from 'vitest'
import { renderContext } from '../../../src/main/generation/prompt/renderContext'
import { getRecipe, recipes } from '../../../src/main/recipes/registry'
import { boxSchema, recipeIdSchema } from '../../../src/shared/domain'
import { canFit, pairRecipes } from '../../../src/shared/imports'
import { item } from '../generation/items'

const cup = item('cup', {
  captions: ['A cup on a table. ', 'A red cup.'],
  boxes: [boxSchema.parse({ label: 'cup', x: 10.4, y: 20, width: 30.6, height: 40 })],
  weather: 'sunny',
})

describe.each(recipeIdSchema.options)('recipe %s', (id) => {
  const recipe = getRecipe(id)

  it('is registered under its own id, with ids and a group that the training files take', () => {
    expect(recipes[id]).toBe(recipe)
    expect(recipe).toMatchObject({ id, prefix: expect.stringMatching(/^[A-Z][A-Z0-9]+$/) })
    expect(recipe.taskDescription).toMatch(/\w/)
    expect(recipe.text.systemMessage.length).toBeGreaterThan(200)
  })

  it('has formats whose items can be right for it', () => {
    expect(recipe.formats.filter((format) => !canFit(format, id))).toEqual([])
    expect(pairRecipes.includes(id)).toBe(recipe.media === 'pair')
  })

  it('renders nothing for an item of which nothing is known', () => {
    expect(renderContext(recipe.text.contextTemplate, item('blank', {}))).toBe('')
  })

  it('renders every field', () => {
    const text = renderContext(recipe.text.contextTemplate, cup)
    for (const part of ['A cup on a table.', 'A red cup.', 'cup: [10, 20, 31, 40]', 'weather: sunny']) expect(text).toContain(part)
  })
})

it('LA writes captions, then boxes in the size of the image, then the rest', () => {
  expect(renderContext(getRecipe('la').text.contextTemplate, cup)).toBe(
    [
      'What is in the picture:',
      '- A cup on a table.',
      '- A red cup.',
      '',
      'Things in the picture, which is 600 wide and 400 high:',
      'cup: [10, 20, 31, 40]',
      '',
      'weather: sunny',
    ].join('\n'),
  )
})

it('custom names every field by its key', () => {
  expect(renderContext(getRecipe('custom').text.contextTemplate, cup)).toBe(
    ['captions:', '- A cup on a table.', '- A red cup.', 'boxes:', '- cup: [10, 20, 31, 40]', 'weather: sunny'].join('\n'),
  )
})
