import { inEveryPair } from './common'

export const la = `# Questions about one image

Three kinds of pairs are drafted from captions and boxes: **conversation**, **detail** and **reasoning**. Judge each by its kind.

## Accept

- *Conversation:* a plain question with one certain answer: what, which colour, how many, where, what somebody does.
- *Detail:* a description in several connected sentences that somebody could draw from. It begins with what matters and then goes through the scene in an order.
- *Reasoning:* one step beyond the image. The response names what is seen first, then what follows from it, and says "probably" where it is only probable.

## Typical faults

- The drafter has read boxes, not the image: "the person at [120, 40]", "there are 7 labels". Reject for *leaks the annotation*, or edit when it is one phrase.
- Counts from captions that disagree with each other. Count yourself.
- Left and right of a person taken for left and right of the image.
- A reasoning question that can be answered without looking ("Why do people wear helmets?"). Reject as *trivial*.
- Brands, names and written words that nobody can read in the image.
- A detail response that invents moods: "a joyful atmosphere" needs a face that smiles.

## Examples

> **Instruction:** What is the cat lying on?
> **Response:** The cat is lying on a folded grey blanket at the end of the sofa.

Accept, when blanket and sofa are there.

> **Instruction:** According to the caption, what animal is shown?

Reject for *leaks the annotation*: the reader has no caption.

> **Instruction:** Why might the rider have stopped?
> **Response:** The traffic light in front of him is red, so he is probably waiting for it to change.

Accept: seen first, concluded after, and not too sure.

${inEveryPair}`
