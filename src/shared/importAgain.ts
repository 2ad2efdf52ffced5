import { say } from './say'
/** What the switch of an import is called that replaces context and media of the items that are there; `--update` on the command line. */
export const replaceKnown = say`Replace what is known of items that are there`

/** How a corrected row gets into the project: the end of a remedy. */
export const importAgain = say`import it again with --update (in the window: “${replaceKnown}”)`
