import type { guidelineCalls } from '../../shared/contract'
import type { Guideline } from '../../shared/domain/project'
import { Problem } from '../../shared/problem'
import { message } from '../../shared/messages/message'
import { getRecipe } from '../recipes/registry'
import { addKnownWord, getGuideline, listGuidelines, listKnownWords, removeKnownWord, saveGuideline } from '../store/project/guidelines'
import type { TopicHandlers } from './ownCalls'
import type { CallParts } from './parts'

/** Creates the handlers of calls about the versions of the guidelines, and the project's dictionary. */
export function createGuidelineHandlers({ session, db, reviewer }: CallParts): TopicHandlers<typeof guidelineCalls> {
  const ofRecipe = (): Guideline => ({
    version: 0,
    body: getRecipe(session.require().info.recipe).guidelines,
    author: null,
    savedAt: null,
  })
  const inForce = () => getGuideline(db()) ?? ofRecipe()

  return {
    'guidelines.get': inForce,
    'guidelines.versions': () => [...listGuidelines(db()), { version: 0, author: null, savedAt: null }],
    'guidelines.version': ({ version }) => {
      const found = version === 0 ? ofRecipe() : getGuideline(db(), version)
      if (!found)
        throw new Problem('not-found', message('app.noGuidelinesVersion', { version }), message('app.chooseAnother'), {
          item: `guidelines ${version}`,
        })
      return found
    },
    'guidelines.save': ({ body }) => {
      const current = inForce()
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
