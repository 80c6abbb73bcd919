import { fromPlainText } from '../plain-text.js';
import type { ShownMessage } from '../shown-message.js';

/** What a clip of ours is called in its message: its words. Empty when the message does not say. */
export function titleShownIn({ embeds }: Pick<ShownMessage, 'embeds'>): string {
  const [firstLine = ''] = (embeds[0]?.description ?? '').split('\n');
  return fromPlainText(firstLine.replace(/^\*\*(.*)\*\*$/, '$1'));
}
