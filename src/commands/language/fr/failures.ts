import { CLIP_FILE_MAX_BYTES } from '../../attachment-source.js';
import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number } = formatsFor('fr');

const OPERATOR = 'Préviens la personne qui gère le bot';

export const failures: Phrases['failures'] = {
  unexpected: (incident) =>
    `Quelque chose s’est mal passé de mon côté. Réessaie ; si cela continue, signale cet incident à la personne qui gère le bot : ${incident}.`,
  unknownCommand: 'Je ne connais plus cette commande. Recharge Discord et réessaie.',
  unknownButton: 'Ce bouton ne fait plus rien.',
  request: {
    empty: (option) => `Dis-moi ce que je dois faire : il n’y a rien dans « ${option} ».`,
    notANumber: (option) => `« ${option} » doit être un nombre.`,
    tooLong: (option, most) => `« ${option} » est trop long : ${number(most)} caractères au plus.`,
    tooSmall: (option, least) => `« ${option} » doit être au moins ${number(least)}.`,
    tooLarge: (option, most) => `« ${option} » doit être au plus ${number(most)}.`,
    inEnglish: (message) =>
      `Ce n’est pas possible ainsi. Je ne sais donner les détails qu’en anglais : ${message}`,
  },
  parameters: {
    prompt: names.prompt,
    negativePrompt: names.negative,
    seed: names.seed,
    numInferenceSteps: names.steps,
    guidanceScale: names.guidance,
    strength: names.strength,
    bpm: names.bpm,
    seconds: names.length,
  },
  command: {
    two_clips: 'Donne un fichier ou un lien, pas les deux.',
    clip_not_found: `Je ne trouve aucun clip de moi parmi les derniers messages ici. Joins-en un, donne un lien vers son message, ou fais-en un avec /${names.riff}.`,
    link_unreadable:
      'Ce n’est pas un lien vers un message. Choisis « Copier le lien du message » dans le menu du message qui contient le clip, ou joins le fichier.',
    link_foreign:
      'Je ne peux prendre que des clips de messages que toi et moi pouvons lire. Joins le fichier lui-même.',
    message_gone: 'Je ne trouve pas ce message : il a peut-être été supprimé. Joins le fichier lui-même.',
    message_without_clip:
      'Je ne vois ni son ni image dans ce message. Discord ne me montre les fichiers des messages des autres que s’ils me mentionnent : joins le fichier lui-même.',
    no_clip_there: 'Il n’y a ni son ni image dans ce message.',
    choice_forgotten:
      'Je ne sais plus de quel clip il s’agissait. Choisis-le de nouveau dans le menu de son message.',
    channel_unreadable:
      'Je ne peux pas lire les messages là-bas. Joins le fichier lui-même, ou demande à la modération de me donner « Voir le salon » et « Voir les anciens messages ».',
    address_forbidden:
      'Je ne récupère des fichiers que sur Discord. Joins le fichier, ou donne un lien vers un message qui le contient.',
    file_too_large: `Ce fichier dépasse ${CLIP_FILE_MAX_BYTES / 2 ** 20} Mo. Coupes-en une partie, ou enregistre-le en MP3 ou en Ogg.`,
    file_gone: 'Discord n’a plus ce fichier, ou son adresse a expiré. Joins le fichier lui-même.',
    file_unreachable: 'Discord ne m’a pas donné ce fichier. Réessaie dans une minute, ou joins-le à nouveau.',
    not_a_clip:
      'Ce fichier n’est ni un son ni une image que je sache lire. Essaie avec WAV, MP3, Ogg ou FLAC, ou avec PNG, JPEG ou WebP.',
    not_a_sound: `C’est une image, et il me faut un son. Pour entendre une image, utilise /${names.listen}.`,
    not_a_picture: `C’est un son, et il me faut une image. Pour voir un son, utilise /${names.see}.`,
    not_a_strength: 'L’intensité doit être un nombre de 0 à 1, par exemple 0,55.',
    input_lost: 'J’ai perdu le fichier dont j’avais besoin. Envoie-le à nouveau.',
    too_many_jobs:
      'Tu as déjà autant de clips dans la file qu’une personne peut en avoir. Attends-en un, ou annules-en un.',
    job_over: 'Trop tard : ce clip est terminé ou a été annulé.',
    clip_too_large:
      'Le clip terminé est plus lourd que ce qu’on peut envoyer ici. Essaie sur un serveur ou dans un message privé avec une limite plus élevée.',
    clip_undeliverable:
      'Le clip est terminé, mais je n’ai pas pu le publier ici. Demande à la modération de me laisser publier et joindre des fichiers, puis réessaie.',
    batch_too_long:
      'Plusieurs clips à la fois peuvent durer trois minutes en tout. Demandes-en moins, ou de plus courts.',
    morph_without_words:
      'Dis avec des mots d’où partir et où aller : je ne peux les prendre d’un clip que si je l’ai fait moi-même.',
    morph_without_start: 'Donne aussi le clip de départ, ou les deux bouts avec des mots.',
    long_enough: 'Ce clip est aussi long que j’en fais : trois minutes.',
    not_your_clip: 'Seule la personne qui a demandé ce clip, ou la modération, peut le supprimer.',
    not_your_job:
      'Seule la personne qui a demandé ce clip, ou quelqu’un qui peut gérer les messages, peut l’annuler.',
  },
  queue: {
    closed: 'Le bot redémarre. Réessaie dans une minute.',
    full: 'La file est pleine. Réessaie dans quelques minutes.',
    storage_failed:
      'Ta demande n’a pas été acceptée, car elle n’a pas pu être enregistrée : le disque est peut-être plein. Réessaie plus tard, ou préviens la personne qui gère le bot.',
    locked: 'Le bot démarre. Réessaie dans une minute.',
    abandoned:
      'Le bot s’est arrêté plusieurs fois sur ce clip, alors il a abandonné. Essaie d’autres options, ou préviens la personne qui le gère.',
    timed_out: 'C’était trop long, alors j’ai arrêté. Essaie un clip plus court ou moins d’étapes.',
  },
  engine: {
    model_missing: `Le modèle nécessaire n’est pas installé. ${OPERATOR} : \`npx riffcord doctor\` dit ce qui manque.`,
    model_corrupt: `Le modèle nécessaire est abîmé. ${OPERATOR} : \`npx riffcord doctor\` dit quel fichier.`,
    model_unsupported: `Le modèle nécessaire est d’un genre que je ne fais pas tourner. ${OPERATOR} : \`npx riffcord doctor\` en dit plus.`,
    device_unavailable: `L’appareil sur lequel je dois calculer ne marche pas. ${OPERATOR} : \`npx riffcord doctor\` dit pourquoi.`,
    audio_unreadable: 'Ce fichier audio est illisible. Essaie un fichier WAV, MP3, Ogg ou FLAC.',
    audio_too_long: 'Ce fichier audio est trop long. Essaies-en un plus court.',
    audio_empty: 'Il n’y a aucun son dans ce fichier audio. Essaies-en un autre.',
    image_unreadable: 'Cette image est illisible. Essaie un fichier PNG, JPEG ou WebP.',
    image_too_large:
      'Cette image a trop de pixels, ou durerait plus de cinq minutes. Essaies-en une plus petite.',
    image_not_spectrogram: `Cette image n’est pas un spectrogramme que je peux utiliser tel quel. Donne-la d’abord à /${names.listen} : l’image que je publierai alors conviendra.`,
    recipe_missing: 'Ce fichier ne dit pas comment il a été fait. Essaie avec un fichier que j’ai publié.',
    recipe_invalid:
      'Je n’arrive pas à lire comment ce fichier a été fait ; il vient peut-être d’une version plus récente de moi.',
    disk_full: `Le disque est plein. ${OPERATOR}, et réessaie plus tard.`,
    io_failed: `Un fichier n’a pas pu être lu ou écrit. ${OPERATOR}, et réessaie plus tard.`,
    engine_crashed: 'Le moteur s’est arrêté plusieurs fois sur ce clip. Essaie d’autres options.',
    engine_hung: 'Le moteur n’a pas répondu plusieurs fois sur ce clip. Essaie avec moins d’étapes.',
    engine_closed: 'Le bot redémarre. Réessaie dans une minute.',
  },
};
