/** What holds for every recipe; each puts it behind its own part. */
export const inEveryPair = `## In every pair

- **Visible.** Accept only what can be seen in the media, or follows from what can be seen. The context helps you to check; the reader of the pair will not have it.
- **True.** Every statement holds: counts, colours, places, written words, what people do. When you cannot tell, ignore the pair.
- **Natural.** The instruction is one that a person looking at the media would give. It speaks of no captions, boxes, coordinates, labels or annotations.
- **Whole.** The response answers all of the instruction, and nothing beside it.
- **Worthwhile.** Reject what is trivial, said already in another pair of the item, harmful, or not in the language of the project.

## Edit or reject

Edit when a few words make it right. Reject when it would have to be written anew: a pair that is repaired at length teaches the model the repairer's style. Name every reason that applies.

Mark a pair as an exemplar (F) when you would like the next drafts to be *like this one*, and say why (Alt+F).
`
