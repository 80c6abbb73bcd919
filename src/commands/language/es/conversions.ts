import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const conversions: Phrases['conversions'] = {
  heard: 'Una imagen, tocada',
  playedPicture: 'El espectrograma que se ha tocado.',
  seen: 'Un sonido, visto',
  howToPlay: `La imagen gris se puede reproducir con /${names.listen} y remezclar con /${names.remix}; esta es para mirarla.`,
  lossy: 'Es un JPEG, porque la imagen exacta sería demasiado grande para subirla aquí.',
  readablePicture:
    'Espectrograma: el tiempo hacia la derecha, la frecuencia hacia arriba, lo fuerte es claro.',
  playablePicture: 'El mismo espectrograma en gris, que se puede reproducir.',
  assumptions: {
    'standard-axes': 'No dice qué muestra, así que cada columna dura 10 ms y las filas van de 0 a 10 kHz.',
    turned: 'La cámara estaba de lado, así que la he girado.',
    scaled: 'La he estirado a 512 filas y he dejado el tiempo como está.',
    grey: 'He tomado el brillo como volumen, sea cual sea el color.',
    inverted: 'Es mayormente oscura, así que lo claro es lo fuerte.',
    stretched: 'He hecho que sus partes más claras sean silencio y las más oscuras, el volumen máximo.',
  },
};
