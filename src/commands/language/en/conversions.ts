/** A picture that became sound, and a sound that became a picture. */
export const conversions = {
  heard: 'A picture, played',
  playedPicture: 'The spectrogram that was played.',
  seen: 'A sound, seen',
  howToPlay: 'The grey picture can be played with /listen and remixed with /remix; this one is to look at.',
  lossy: 'It is a JPEG, because the exact picture would be too large to upload here.',
  readablePicture: 'Spectrogram: time to the right, frequency upwards, loud is bright.',
  playablePicture: 'The same spectrogram in grey, which can be played.',
  /** What was taken for granted of a picture that does not say what it shows. */
  assumptions: {
    'standard-axes': 'It does not say what it shows, so each column is 10 ms, and rows go from 0 to 10 kHz.',
    turned: 'The camera was held on its side, so I turned it.',
    scaled: 'I stretched it to 512 rows, and left the time as it is.',
    grey: 'I took brightness for loudness, whatever the colour.',
    inverted: 'It is mostly dark, so bright is loud.',
    stretched: 'I made its lightest parts silent and its darkest fully loud.',
  },
};
