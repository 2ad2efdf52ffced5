import type { guidelineCalls } from '../../shared/contract'
import type { Guideline } from '../../shared/guidelines'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { getGuideline, listGuidelines, saveGuideline } from '../store/project/guidelines'
import { addKnownWord, listKnownWords, removeKnownWord } from '../store/project/knownWords'
import type { TopicHandlers } from './ownCalls'
import type { CallParts } from './parts'

/** Calls about the guidelines in their versions, and the project's dictionary. */
export function createGuidelineHandlers({ session, db, reviewer }: CallParts): TopicHandlers<typeof guidelineCalls> {
  /** Loaded when they are first read: nobody waits for nine texts at the start. */
  async function ofRecipe(): Promise<Guideline> {
    const { recipe } = session.require().info
    const { recipeGuidelines } = await import('../recipes/guidelines')
    return { version: 0, body: recipeGuidelines[recipe], author: null, savedAt: null }
  }
  const inForce = async () => getGuideline(db()) ?? (await ofRecipe())

  return {
    'guidelines.get': inForce,
    'guidelines.versions': () => [...listGuidelines(db()), { version: 0, author: null, savedAt: null }],
    'guidelines.version': async ({ version }) => {
      const found = version === 0 ? await ofRecipe() : getGuideline(db(), version)
      if (!found)
        throw new Problem('not-found', message('app.noGuidelinesVersion', { version }), message('app.chooseAnother'), {
          item: `guidelines ${version}`,
        })
      return found
    },
    'guidelines.save': async ({ body }) => {
      const current = await inForce()
      if (current.body.trim() !== body) saveGuideline(db(), { body, author: reviewer() })
      return inForce()
    },

    'spelling.words': () => listKnownWords(db()),
    'spelling.addWord': ({ word }) => {
      addKnownWord(db(), word, reviewer())
      return listKnownWords(db())
    },
    'spelling.removeWord': ({ word }) => {
      removeKnownWord(db(), word)
      return listKnownWords(db())
    },
  }
}
