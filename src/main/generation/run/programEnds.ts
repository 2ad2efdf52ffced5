/** Abort a run with this reason when the program ends: it is left `interrupted`, not `cancelled`. */
export const programEnds = 'the program ends'
