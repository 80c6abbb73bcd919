import { z } from 'zod';
import { topLevelComponent } from './component-form.js';
import { lengthOf, mediaUrl, snowflake, text, webUrl } from './fields.js';

const embed = z.looseObject({
  title: text(0, 256).nullish(),
  description: text(0, 4096).nullish(),
  url: webUrl.nullish(),
  timestamp: z.string().nullish(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  footer: z.looseObject({ text: text(1, 2048), icon_url: mediaUrl.nullish() }).nullish(),
  image: z.looseObject({ url: mediaUrl }).nullish(),
  thumbnail: z.looseObject({ url: mediaUrl }).nullish(),
  author: z
    .looseObject({ name: text(1, 256), url: webUrl.nullish(), icon_url: mediaUrl.nullish() })
    .nullish(),
  fields: z
    .array(z.object({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().nullish() }))
    .max(25)
    .nullish(),
});

export type EmbedForm = z.infer<typeof embed>;

const embeds = z
  .array(embed)
  .max(10)
  .refine((list) => list.reduce((sum, one) => sum + embedLength(one), 0) <= 6000, {
    error: 'Embed size exceeds maximum size of 6000',
    params: { code: 'MAX_EMBED_SIZE_EXCEEDED' },
  });

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
    users: z.array(snowflake).max(100).nullish(),
    roles: z.array(snowflake).max(100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    for (const kind of ['users', 'roles'] as const) {
      if (value.parse?.includes(kind) !== true || (value[kind]?.length ?? 0) === 0) continue;
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      context.addIssue({
        code: 'custom',
        path: [],
        message,
        params: { code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE' },
      });
    }
  });

export type AllowedMentions = z.infer<typeof allowedMentions>;

const attachment = z.looseObject({
  id: z.union([snowflake, z.number().int().nonnegative()]).transform(String),
  filename: text(1, 1024).nullish(),
  title: text(0, 1024).nullish(),
  description: text(0, 1024).nullish(),
  waveform: z.string().nullish(),
  duration_secs: z.number().nullish(),
});

export type AttachmentForm = z.infer<typeof attachment>;

const messageReference = z.looseObject({
  type: z.number().int().nullish(),
  message_id: snowflake,
  channel_id: snowflake.nullish(),
  guild_id: snowflake.nullish(),
  fail_if_not_exists: z.boolean().nullish(),
});

/** The body with which a message is created or edited, by any route. */
export const messageForm = z.looseObject({
  content: text(0, 2000).nullish(),
  nonce: z.union([z.number().int(), text(0, 25)]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
  embeds: embeds.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  message_reference: messageReference.nullish(),
  components: z.array(topLevelComponent).nullish(),
  attachments: z.array(attachment).max(10).nullish(),
  flags: z.number().int().nonnegative().nullish(),
});

export type MessageForm = z.infer<typeof messageForm>;

function embedLength(value: EmbedForm): number {
  const texts = [
    value.title,
    value.description,
    value.footer?.text,
    value.author?.name,
    ...(value.fields ?? []).flatMap((field) => [field.name, field.value]),
  ];
  return texts.reduce((sum, one) => sum + lengthOf(one ?? ''), 0);
}
