/** What Discord's menus show of the commands about the queue, a server's settings and people's data. */
export const serverCommands = {
  names: {
    queue: 'cola',
    cancel: 'cancelar',
    what: 'qué',
    'forget-me': 'olvídame',
    settings: 'ajustes',
    show: 'mostrar',
    clips: 'clips',
    quotas: 'cuotas',
    channels: 'canales',
    roles: 'roles',
    words: 'palabras',
    reset: 'restablecer',
    model: 'modelo',
    'max-steps': 'máx-pasos',
    'max-length': 'máx-duración',
    language: 'idioma',
    deletion: 'borrado',
    spoilers: 'spoilers',
    'age-restricted': 'restricción-de-edad',
    person: 'persona',
    server: 'servidor',
    'person-hour': 'persona-hora',
    'server-hour': 'servidor-hora',
    channel: 'canal',
    role: 'rol',
    use: 'uso',
    add: 'añadir',
    remove: 'quitar',
  },
  descriptions: {
    'See what is being made and what is waiting': 'Mira qué se está haciendo y qué espera',
    'Take clips out of the queue': 'Saca clips de la cola',
    'The clip, or all of yours': 'El clip, o todos los tuyos',
    'Remove what I keep about you, and cancel what you wait for':
      'Borra lo que guardo sobre ti y cancela lo que esperas',
    'What I may do in this server, for moderators': 'Qué puedo hacer en este servidor, para moderadores',
    'What is decided in this server': 'Qué está decidido en este servidor',
    'How clips are made and shown here': 'Cómo se hacen y se muestran aquí los clips',
    'How many clips there may be': 'Cuántos clips puede haber',
    'Where clips may be asked for, and where they are hidden':
      'Dónde se pueden pedir clips y dónde se ocultan',
    'Who may ask for clips': 'Quién puede pedir clips',
    'Words that nobody may use here': 'Palabras que aquí nadie puede usar',
    'Forget all that was decided here': 'Olvida todo lo que se decidió aquí',
    'Model for those who name none': 'Modelo para quienes no nombran ninguno',
    'Steps for those who name none; 0 = what suits the model':
      'Pasos para quienes no dicen cuántos; 0 = lo que va bien al modelo',
    'Most steps that anybody may ask for; 0 = as many as I can':
      'El máximo de pasos que se puede pedir; 0 = tantos como pueda',
    'Longest clip that anybody may ask for, in seconds; 0 = as long as I can':
      'El clip más largo, en segundos; 0 = tan largo como pueda',
    'Language of what everybody here reads': 'Idioma de lo que todos leen aquí',
    'Who may delete clips': 'Quién puede borrar clips',
    'Whether clips are hidden until somebody clicks them':
      'Si los clips se ocultan hasta que alguien hace clic',
    'What is different in age-restricted channels': 'Qué es distinto en los canales con restricción de edad',
    'Clips that one person may have in the queue; 0 = as many as the bot allows':
      'Clips que una persona puede tener en la cola; 0 = tantos como permita el bot',
    'Clips that this server may have in the queue; 0 = as many as the bot allows':
      'Clips que este servidor puede tener en la cola; 0 = tantos como permita el bot',
    'Clips that one person may ask for in an hour; 0 = as many as the bot allows':
      'Clips que una persona puede pedir en una hora; 0 = tantos como permita el bot',
    'Clips that this server may ask for in an hour; 0 = as many as the bot allows':
      'Clips que este servidor puede pedir en una hora; 0 = tantos como permita el bot',
    'The channel; its threads are like it': 'El canal; sus hilos son como él',
    'What to do there; as long as no channel is allowed, all are':
      'Qué vale allí; mientras no se permita ningún canal, valen todos',
    'The role': 'El rol',
    'Who may ask for clips; as long as no role is allowed, everybody may':
      'Quién puede pedir clips; mientras no se permita ningún rol, todos pueden',
    'Words that nobody may use, with commas between them; "word*" is any word that begins so':
      'Palabras que nadie puede usar, con comas; «palabra*» es cualquiera que empiece así',
    'Words that may be used again, with commas between them; "*" is all':
      'Palabras que se pueden volver a usar, con comas; «*» son todas',
  },
  choices: {
    English: 'English',
    Deutsch: 'Deutsch',
    Español: 'Español',
    Français: 'Français',
    日本語: '日本語',
    中文: '中文',
    'That of the server, or of who asks': 'El del servidor o el de quien pide',
    'Who asked for it, and moderators': 'Quien lo pidió y los moderadores',
    Moderators: 'Los moderadores',
    Everybody: 'Todos',
    Never: 'Nunca',
    'In the channels that are chosen for it': 'En los canales elegidos para ello',
    Always: 'Siempre',
    Nothing: 'Nada',
    'Banned words are allowed there': 'Allí se permiten las palabras prohibidas',
    'Clips are made there and nowhere else': 'Los clips solo se hacen allí',
    'Allow clips here': 'Permitir clips aquí',
    'No longer allow them': 'Dejar de permitirlos',
    'Hide clips as spoilers': 'Ocultar los clips como spoilers',
    'Show clips openly': 'Mostrar los clips',
    'Allow clips for it': 'Permitirle clips',
  },
} as const;
