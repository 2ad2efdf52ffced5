import { type Said, say } from '../../../shared/say'

/** Files of tools and data sets that people have and that no format reads: what they are called, and what helps. */
export const otherTools = {
  cvat: { name: say`an XML file of CVAT`, remedy: say`Export it from CVAT as “Pascal VOC”, “COCO” or “YOLO”, and choose that format.` },
  vqa: {
    name: say`a VQA file (questions or answers)`,
    remedy: say`Write each image on a line with its questions in the context, and choose the format jsonl.`,
  },
  visdial: {
    name: say`a VisDial file (dialogues)`,
    remedy: say`Write each image on a line with its dialogue as {"conversation": [{"instruction", "response"}]}, and choose the format jsonl.`,
  },
  'open-images': {
    name: say`an Open Images table`,
    remedy: say`Convert it to COCO (its boxes are parts of the picture, its labels codes), and choose the format coco.`,
  },
  'coco-keypoints': {
    name: say`COCO key points without boxes`,
    remedy: say`Choose the instances file of the same images (instances_….json), or the captions file.`,
  },
  'activitynet-classes': {
    name: say`a file of ActivityNet with classes of activities`,
    remedy: say`Choose a file of ActivityNet Captions (train.json, val_1.json), which has sentences with times, and the format activitynet.`,
  },
  'coco-results': {
    name: say`a list of COCO results (detections)`,
    remedy: say`Choose the instances file that has the images and the categories.`,
  },
} as const satisfies Record<string, { name: Said; remedy: Said }>
export type OtherTool = keyof typeof otherTools

export const isOtherTool = (guess: string): guess is OtherTool => Object.hasOwn(otherTools, guess)
