import { randomBytes } from 'node:crypto';
import { interactionEvent } from '../payloads/interaction-payload.js';
import type { IntegrationOwners } from '../rules/installations.js';
import type { Channel } from '../state/channel.js';
import { Interaction } from '../state/interaction.js';
import type { InteractionKind } from '../state/interaction.js';
import type { Message } from '../state/message.js';
import type { User } from '../state/user.js';
import type { World } from '../state/world.js';

/** Something that a person does with the bot. */
export interface Deed {
  readonly kind: InteractionKind;
  readonly channel: Channel;
  readonly user: User;
  readonly owners: IntegrationOwners;
  /** `data` of the INTERACTION_CREATE event. */
  readonly data: unknown;
  /** The message whose component was used, now or to open a modal. */
  readonly source?: Message;
  /** The message whose menu was used. */
  readonly target?: Message;
  /** What opened the modal that is submitted. */
  readonly openedBy?: Interaction;
}

/** Tells the bot of what a person has done. */
export function interact(world: World, deed: Deed): Interaction {
  const id = world.snowflakes.next();
  const token = Buffer.from(`interaction:${id}:${randomBytes(48).toString('hex')}`).toString('base64url');
  const interaction = new Interaction({ ...deed, id, token, createdAt: world.clock.now() }, world.changes);
  world.interactions.set(token, interaction);
  world.publish(interactionEvent(world, interaction));
  return interaction;
}
