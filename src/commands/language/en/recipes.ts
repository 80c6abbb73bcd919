/** What a clip was made of, and how to make it again. */
export const recipes = {
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
