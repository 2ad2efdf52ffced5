import { message, type Message } from '../../../shared/messages/message'

/** Files of tools and data sets that people have and that no format reads: what they are called, and what helps. */
export const otherTools = {
  cvat: { name: message('import.otherTool.cvat'), remedy: message('import.otherTool.cvatRemedy') },
  vqa: {
    name: message('import.otherTool.vqa'),
    remedy: message('import.otherTool.vqaRemedy'),
  },
  visdial: {
    name: message('import.otherTool.visDial'),
    remedy: message('import.otherTool.visDialRemedy'),
  },
  'open-images': {
    name: message('import.otherTool.openImages'),
    remedy: message('import.otherTool.openImagesRemedy'),
  },
  'coco-keypoints': {
    name: message('import.otherTool.keyPoints'),
    remedy: message('import.otherTool.keyPointsRemedy'),
  },
  'activitynet-classes': {
    name: message('import.otherTool.activityClasses'),
    remedy: message('import.otherTool.activityClassesRemedy'),
  },
  'coco-results': {
    name: message('import.otherTool.cocoResults'),
    remedy: message('import.otherTool.cocoResultsRemedy'),
  },
} as const satisfies Record<string, { name: Message; remedy: Message }>
export type OtherTool = keyof typeof otherTools

export const isOtherTool = (guess: string): guess is OtherTool => Object.hasOwn(otherTools, guess)
