/** What a clip was made of, and how to make it again. */
export const recipes = {
  tempo: 'Tempo',
  /** Before what the model made of the words. */
  understood: 'Understood',
  surprise: 'I knew none of these words, so this is a surprise.',
  guidance: 'Guidance',
  scheduler: 'Scheduler',
  model: 'Model',
  engine: 'Made by',
  unknownOrigin: 'a file that came with the command',
  repeat: 'To make it again',
  repeatFromFile:
    'It was made of another clip: use /remix on that clip with these words, seed and strength, or press Again.',
  promise: 'The same version makes the same clip of the same recipe. Picture and sound carry it, too.',
};
