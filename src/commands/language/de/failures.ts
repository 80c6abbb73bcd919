import { CLIP_FILE_MAX_BYTES } from '../../attachment-source.js';
import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number } = formatsFor('de');

const OPERATOR = 'Bitte sag dem Betreiber des Bots Bescheid';

export const failures: Phrases['failures'] = {
  unexpected: (incident) =>
    `Bei mir ist etwas schiefgegangen. Bitte versuch es noch einmal; wenn es so bleibt, nenn dem Betreiber des Bots diesen Vorfall: ${incident}.`,
  unknownCommand: 'Diesen Befehl kenne ich nicht mehr. Bitte lade Discord neu und versuch es noch einmal.',
  unknownButton: 'Dieser Knopf tut nichts mehr.',
  request: {
    empty: (option) => `Bitte sag, was ich machen soll: in „${option}“ steht nichts.`,
    notANumber: (option) => `„${option}“ muss eine Zahl sein.`,
    tooLong: (option, most) => `„${option}“ ist zu lang: höchstens ${number(most)} Zeichen.`,
    tooSmall: (option, least) => `„${option}“ muss mindestens ${number(least)} sein.`,
    tooLarge: (option, most) => `„${option}“ darf höchstens ${number(most)} sein.`,
    inEnglish: (message) => `Das geht so nicht. Genaueres kann ich nur auf Englisch sagen: ${message}`,
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
    two_clips: 'Bitte gib entweder eine Datei oder einen Link an, nicht beides.',
    clip_not_found: `Unter den letzten Nachrichten hier ist kein Clip von mir. Bitte häng einen an, gib einen Link zu seiner Nachricht an oder mach einen mit /${names.riff}.`,
    link_unreadable:
      'Das ist kein Link zu einer Nachricht. Bitte wähl im Menü der Nachricht mit dem Clip „Nachrichtenlink kopieren“, oder häng die Datei an.',
    link_foreign:
      'Ich kann nur Clips aus Nachrichten nehmen, die du und ich beide lesen dürfen. Bitte häng die Datei selbst an.',
    message_gone:
      'Ich finde diese Nachricht nicht: vielleicht wurde sie gelöscht. Bitte häng die Datei selbst an.',
    message_without_clip:
      'In dieser Nachricht sehe ich weder Klang noch Bild. Discord zeigt mir Dateien in Nachrichten anderer nur, wenn sie mich erwähnen: bitte häng die Datei selbst an.',
    no_clip_there: 'In dieser Nachricht ist weder Klang noch Bild.',
    choice_forgotten:
      'Ich weiß nicht mehr, um welchen Clip es ging. Bitte wähle ihn noch einmal im Menü seiner Nachricht.',
    channel_unreadable:
      'Ich darf die Nachrichten dort nicht lesen. Bitte häng die Datei selbst an, oder bitte die Moderation, mir „Kanal ansehen“ und „Nachrichtenverlauf anzeigen“ zu erlauben.',
    address_forbidden:
      'Ich hole Dateien nur von Discord. Bitte häng die Datei an, oder gib einen Link zu einer Nachricht an, in der sie steht.',
    file_too_large: `Diese Datei ist größer als ${CLIP_FILE_MAX_BYTES / 2 ** 20} MB. Bitte schneid einen Teil heraus, oder speicher sie als MP3 oder Ogg.`,
    file_gone:
      'Discord hat diese Datei nicht mehr, oder ihre Adresse ist abgelaufen. Bitte häng die Datei selbst an.',
    file_unreachable:
      'Discord hat die Datei nicht herausgegeben. Bitte versuch es in einer Minute noch einmal, oder häng sie neu an.',
    not_a_clip:
      'Diese Datei ist weder ein Klang noch ein Bild, das ich lesen kann. Bitte versuch es mit WAV, MP3, Ogg oder FLAC, oder mit PNG, JPEG oder WebP.',
    not_a_sound: `Das ist ein Bild, und ich brauche einen Klang. Um ein Bild zu hören, nimm /${names.listen}.`,
    not_a_picture: `Das ist ein Klang, und ich brauche ein Bild. Um einen Klang zu sehen, nimm /${names.see}.`,
    not_a_strength: 'Die Stärke muss eine Zahl von 0 bis 1 sein, zum Beispiel 0,55.',
    input_lost: 'Die Datei, aus der das werden sollte, habe ich verloren. Bitte schick sie noch einmal.',
    too_many_jobs:
      'Du hast schon so viele Clips in der Warteschlange, wie eine Person haben darf. Warte auf einen, oder brich einen ab.',
    job_over: 'Zu spät: dieser Clip ist fertig oder wurde abgebrochen.',
    clip_too_large:
      'Der fertige Clip ist größer, als hier hochgeladen werden darf. Bitte versuch es auf einem Server oder in einer Direktnachricht mit höherer Grenze.',
    clip_undeliverable:
      'Der Clip ist fertig, aber ich durfte ihn hier nicht posten. Bitte lass mir von der Moderation erlauben, zu posten und Dateien anzuhängen, und versuch es noch einmal.',
    batch_too_long:
      'Mehrere Clips auf einmal dürfen zusammen drei Minuten lang sein. Bitte wünsch dir weniger oder kürzere.',
    morph_without_words:
      'Bitte sag in Worten, wovon wohin es gehen soll: einem Clip kann ich das nur überlassen, wenn ich ihn selbst gemacht habe.',
    morph_without_start: 'Bitte gib auch den Clip an, mit dem es losgeht, oder beide Enden in Worten.',
    long_enough: 'Dieser Clip ist so lang, wie ich sie mache: drei Minuten.',
    not_your_clip: 'Nur wer sich diesen Clip gewünscht hat oder die Moderation kann ihn löschen.',
    not_your_job:
      'Nur wer sich diesen Clip gewünscht hat oder wer Nachrichten verwalten darf, kann ihn abbrechen.',
  },
  queue: {
    closed: 'Der Bot startet neu. Bitte versuch es in einer Minute noch einmal.',
    full: 'Die Warteschlange ist voll. Bitte versuch es in ein paar Minuten noch einmal.',
    storage_failed: `Dein Wunsch wurde nicht angenommen, weil er nicht gespeichert werden konnte: vielleicht ist die Festplatte voll. Bitte versuch es später noch einmal, oder sag dem Betreiber des Bots Bescheid.`,
    locked: 'Der Bot startet gerade. Bitte versuch es in einer Minute noch einmal.',
    abandoned:
      'Der Bot ist bei diesem Clip mehrmals stehen geblieben und hat aufgegeben. Bitte versuch andere Optionen, oder sag dem Betreiber Bescheid.',
    timed_out:
      'Das hat zu lange gedauert, darum habe ich aufgehört. Bitte versuch es mit einem kürzeren Clip oder weniger Schritten.',
  },
  engine: {
    model_missing: `Das Modell dafür ist nicht installiert. ${OPERATOR}: \`npx riffcord doctor\` sagt, was fehlt.`,
    model_corrupt: `Das Modell dafür ist beschädigt. ${OPERATOR}: \`npx riffcord doctor\` sagt, welche Datei.`,
    model_unsupported: `Das Modell dafür ist von einer Art, die ich nicht ausführen kann. ${OPERATOR}: \`npx riffcord doctor\` sagt mehr.`,
    device_unavailable: `Das Gerät, auf dem ich rechnen soll, funktioniert nicht. ${OPERATOR}: \`npx riffcord doctor\` sagt, warum.`,
    audio_unreadable:
      'Diese Audiodatei ist nicht lesbar. Bitte versuch es mit einer WAV-, MP3-, Ogg- oder FLAC-Datei.',
    audio_too_long: 'Diese Audiodatei ist zu lang. Bitte versuch es mit einer kürzeren.',
    audio_empty: 'In dieser Audiodatei ist kein Klang. Bitte versuch es mit einer anderen.',
    image_unreadable: 'Dieses Bild ist nicht lesbar. Bitte versuch es mit einer PNG-, JPEG- oder WebP-Datei.',
    image_too_large:
      'Dieses Bild hat zu viele Pixel oder würde länger als fünf Minuten klingen. Bitte versuch es mit einem kleineren.',
    image_not_spectrogram: `Dieses Bild ist kein Spektrogramm, das ich so verwenden kann. Bitte gib es zuerst /${names.listen}: das Bild, das ich dann poste, lässt sich verwenden.`,
    recipe_missing:
      'Diese Datei sagt nicht, wie sie gemacht wurde. Bitte versuch es mit einer, die ich gepostet habe.',
    recipe_invalid:
      'Ich kann nicht lesen, wie diese Datei gemacht wurde; vielleicht stammt sie von einer neueren Version von mir.',
    disk_full: `Die Festplatte ist voll. ${OPERATOR}, und versuch es später noch einmal.`,
    io_failed: `Eine Datei ließ sich nicht lesen oder schreiben. ${OPERATOR}, und versuch es später noch einmal.`,
    engine_crashed:
      'Bei diesem Clip ist das Programm mehrmals stehen geblieben. Bitte versuch es mit anderen Optionen.',
    engine_hung:
      'Bei diesem Clip hat das Programm mehrmals nicht geantwortet. Bitte versuch es mit weniger Schritten.',
    engine_closed: 'Der Bot startet neu. Bitte versuch es in einer Minute noch einmal.',
  },
};
