import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { PinoLogger } from '../src/logger.js';

describe('PinoLogger', () => {
  it('writes one JSON object a line with message and fields', () => {
    const { logger, lines } = recordingLogger('info');
    logger.info('Job accepted.', { jobId: 'j1', guildId: 'g1' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'Job accepted.', jobId: 'j1', guildId: 'g1' });
  });

  it('is silent below its level', () => {
    const { logger, lines } = recordingLogger('warn');
    logger.info('not this');
    logger.warn('but this');
    expect(lines).toHaveLength(1);
  });

  it('strikes out tokens and prompts, wherever they stand', () => {
    const { logger, lines } = recordingLogger('debug');
    logger.error('A job failed.', { token: 's3cret', job: { interactionToken: 's3cret', prompt: 's3cret' } });
    expect(lines[0]).not.toContain('s3cret');
  });

  it('logs a Discord error without its address and body, which hold token and prompt', () => {
    const { logger, lines } = recordingLogger('debug');
    const body = { body: { content: 'a s3cret prompt' }, files: undefined };
    const url = 'https://discord.com/api/v10/webhooks/1/s3cret/messages/@original';
    const error = new DiscordAPIError(
      { code: 10015, message: 'Unknown Webhook' },
      10015,
      404,
      'PATCH',
      url,
      body,
    );
    logger.warn('An edit failed.', { err: new Error('outer', { cause: error }) });
    expect(lines[0]).toContain('Unknown Webhook');
    expect(lines[0]).toContain('10015');
    expect(lines[0]).not.toContain('s3cret');
  });
});

function recordingLogger(level: 'debug' | 'info' | 'warn') {
  const lines: string[] = [];
  return { lines, logger: new PinoLogger(level, { write: (line) => lines.push(line) }) };
}
