/** What one can ask for, and how: `/help`. */
export const help = {
  title: 'What I can do',
  intro: (example: string) =>
    `Tell me what you would like to hear, and I make it: a picture of the sound, and the sound itself. For example:\n${example}`,
  replies: 'Remix by reply',
  menu: 'In the menu of a message, under Apps',
  buttons: 'Buttons under a clip',
  /** Behind the label of each. */
  buttonMeanings: {
    again: 'the same words, another seed',
    varyLittle: 'much like this one',
    varyLot: 'not much like this one',
    remix: 'with words of your own',
    longer: 'it goes on for as long again',
    loop: 'round and round, without a seam',
    voiceMessage: 'to be played inline, on phones too',
    soundboard: 'a file for a server’s soundboard',
    recipe: 'what it was made of, and how to make it again',
    delete: 'for who asked for it, and for moderators',
  },
  strength: 'Strength of a remix',
  howStrong: 'From 0, which gives the clip back, to 1, which leaves nothing of it.',
  ideas: 'Words to try',
};
