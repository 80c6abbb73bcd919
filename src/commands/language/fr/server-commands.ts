/** What Discord's menus show of the commands about the queue, a server's settings and people's data. */
export const serverCommands = {
  names: {
    queue: 'file',
    cancel: 'annuler',
    what: 'quoi',
    'forget-me': 'oublie-moi',
    settings: 'réglages',
    show: 'montrer',
    clips: 'clips',
    quotas: 'quotas',
    channels: 'salons',
    roles: 'rôles',
    words: 'mots',
    reset: 'réinitialiser',
    model: 'modèle',
    'max-steps': 'max-étapes',
    'max-length': 'max-durée',
    language: 'langue',
    deletion: 'suppression',
    spoilers: 'spoilers',
    'age-restricted': 'limite-d-âge',
    person: 'personne',
    server: 'serveur',
    'person-hour': 'personne-heure',
    'server-hour': 'serveur-heure',
    channel: 'salon',
    role: 'rôle',
    use: 'usage',
    add: 'ajouter',
    remove: 'enlever',
  },
  descriptions: {
    'See what is being made and what is waiting': 'Voir ce qui est en cours et ce qui attend',
    'Take clips out of the queue': 'Retirer des clips de la file',
    'The clip, or all of yours': 'Le clip, ou tous les tiens',
    'Remove what I keep about you, and cancel what you wait for':
      'Supprimer ce que je garde sur toi, et annuler ce que tu attends',
    'What I may do in this server, for moderators': 'Ce que je peux faire sur ce serveur, pour la modération',
    'What is decided in this server': 'Ce qui est décidé sur ce serveur',
    'How clips are made and shown here': 'Comment les clips sont faits et montrés ici',
    'How many clips there may be': 'Combien de clips il peut y avoir',
    'Where clips may be asked for, and where they are hidden':
      'Où l’on peut demander des clips, et où ils sont cachés',
    'Who may ask for clips': 'Qui peut demander des clips',
    'Words that nobody may use here': 'Mots que personne ne peut employer ici',
    'Forget all that was decided here': 'Oublier tout ce qui a été décidé ici',
    'Model for those who name none': 'Modèle pour qui n’en nomme pas',
    'Steps for those who name none; 0 = what suits the model':
      'Étapes pour qui n’en nomme pas ; 0 = ce qui convient au modèle',
    'Most steps that anybody may ask for; 0 = as many as I can':
      'Le plus d’étapes qu’on puisse demander ; 0 = autant que je peux',
    'Longest clip that anybody may ask for, in seconds; 0 = as long as I can':
      'Le clip le plus long, en secondes ; 0 = aussi long que je peux',
    'Language of what everybody here reads': 'Langue de ce que tout le monde lit ici',
    'Who may delete clips': 'Qui peut supprimer des clips',
    'Whether clips are hidden until somebody clicks them':
      'Si les clips sont cachés jusqu’à ce qu’on clique dessus',
    'What is different in age-restricted channels': 'Ce qui change dans les salons soumis à une limite d’âge',
    'Clips that one person may have in the queue; 0 = as many as the bot allows':
      'Clips qu’une personne peut avoir dans la file ; 0 = autant que le bot permet',
    'Clips that this server may have in the queue; 0 = as many as the bot allows':
      'Clips que ce serveur peut avoir dans la file ; 0 = autant que le bot permet',
    'Clips that one person may ask for in an hour; 0 = as many as the bot allows':
      'Clips qu’une personne peut demander en une heure ; 0 = autant que le bot permet',
    'Clips that this server may ask for in an hour; 0 = as many as the bot allows':
      'Clips que ce serveur peut demander en une heure ; 0 = autant que le bot permet',
    'The channel; its threads are like it': 'Le salon ; ses fils sont comme lui',
    'What to do there; as long as no channel is allowed, all are':
      'Ce qui y vaut ; tant qu’aucun salon n’est permis, tous le sont',
    'The role': 'Le rôle',
    'Who may ask for clips; as long as no role is allowed, everybody may':
      'Qui peut demander des clips ; tant qu’aucun rôle n’est permis, tout le monde peut',
    'Words that nobody may use, with commas between them; "word*" is any word that begins so':
      'Mots que personne ne peut employer, avec des virgules ; « mot* » : tout mot qui commence ainsi',
    'Words that may be used again, with commas between them; "*" is all':
      'Mots qu’on peut de nouveau employer, avec des virgules ; « * » : tous',
  },
  choices: {
    English: 'English',
    Deutsch: 'Deutsch',
    Español: 'Español',
    Français: 'Français',
    日本語: '日本語',
    中文: '中文',
    'That of the server, or of who asks': 'Celle du serveur, ou de qui demande',
    'Who asked for it, and moderators': 'Qui l’a demandé, et la modération',
    Moderators: 'La modération',
    Everybody: 'Tout le monde',
    Never: 'Jamais',
    'In the channels that are chosen for it': 'Dans les salons choisis pour cela',
    Always: 'Toujours',
    Nothing: 'Rien',
    'Banned words are allowed there': 'Les mots interdits y sont permis',
    'Clips are made there and nowhere else': 'On ne fait des clips que là',
    'Allow clips here': 'Permettre les clips ici',
    'No longer allow them': 'Ne plus les permettre',
    'Hide clips as spoilers': 'Cacher les clips comme spoilers',
    'Show clips openly': 'Montrer les clips',
    'Allow clips for it': 'Lui permettre les clips',
  },
} as const;
