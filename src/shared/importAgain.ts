import { message } from './messages/message'
/** What the switch of an import is called that replaces context and media of the items that are there; `--update` on the command line. */
export const replaceKnown = message('import.replaceKnown')

/** How a corrected row gets into the project: the end of a remedy. */
export const importAgain = message('import.importAgain', { option: replaceKnown })
