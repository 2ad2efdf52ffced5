import type { qualityCalls } from '../../shared/contract'
import { saveQualitySettings } from '../store/quality/qualitySettings'
import type { CallParts } from './parts'
import type { TopicHandlers } from './ownCalls'

/** Calls about the quality settings. */
export function createQualityHandlers({ desktop, session, view, db, reviewer }: CallParts): TopicHandlers<typeof qualityCalls> {
  return {
    'quality.settings': view.settings,
    'quality.saveSettings': async (changed) => {
      if (view.settings().lead !== null) view.requireLead()
      const saved = { ...changed, lead: changed.blind ? (changed.lead ?? reviewer()) : changed.lead }
      saveQualitySettings(db(), saved)
      await desktop.runJob('refreshLooks', { project: session.require().directory })
      desktop.dataChanged(['pairs'])
      return saved
    },
  }
}
