/** Abort a run with this reason when the program ends, or a person pauses it: it is left `interrupted`, not `cancelled`. */
export const programEnds = 'the program ends'
