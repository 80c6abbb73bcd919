import { describe, expect, it } from 'vitest';

import {
  ConfigError,
  parseBotConfig,
  parseCliConfig,
  parseDeployConfig,
  parseHubConfig,
} from '../src/config.js';

const token = 'a.bot.token';

describe('config', () => {
  it('needs nothing but a token', () => {
    expect(parseBotConfig({ DISCORD_TOKEN: token })).toEqual({
      discord: { token, apiUrl: undefined },
      engine: { modelsFolder: undefined, threads: undefined, device: 'auto', precision: 'float32' },
      dataFolder: './data',
      maxWaiting: 50,
      maxPerUser: 3,
      logLevel: 'info',
    });
  });

  it('reads every setting', () => {
    const config = parseBotConfig({
      DISCORD_TOKEN: ` ${token} `,
      DISCORD_API_URL: 'http://127.0.0.1:8080/api/',
      RIFFCORD_DATA: '/var/lib/riffcord',
      RIFFCORD_MODELS: '/models',
      RIFFCORD_THREADS: '2',
      RIFFCORD_DEVICE: 'webgpu',
      RIFFCORD_PRECISION: 'int8',
      RIFFCORD_MAX_WAITING: '7',
      RIFFCORD_MAX_PER_USER: '1',
      RIFFCORD_MAX_PER_GUILD: '5',
      RIFFCORD_HOURLY_PER_USER: '20',
      RIFFCORD_HOURLY_PER_GUILD: '100',
      LOG_LEVEL: 'debug',
    });
    expect(config).toEqual({
      discord: { token, apiUrl: 'http://127.0.0.1:8080/api' },
      engine: { modelsFolder: '/models', threads: 2, device: 'webgpu', precision: 'int8' },
      dataFolder: '/var/lib/riffcord',
      maxWaiting: 7,
      maxPerUser: 1,
      maxPerGuild: 5,
      hourlyPerUser: 20,
      hourlyPerGuild: 100,
      logLevel: 'debug',
    });
  });

  it('takes an empty value for one that is not set', () => {
    const config = parseBotConfig({ DISCORD_TOKEN: token, RIFFCORD_DATA: '', RIFFCORD_THREADS: ' ' });
    expect(config.dataFolder).toBe('./data');
    expect(config.engine.threads).toBeUndefined();
  });

  it.each([{}, { DISCORD_TOKEN: '' }])(
    'says in two sentences what to do without a token: %j',
    (environment) => {
      const message = messageOf(() => parseBotConfig(environment));
      expect(message.split(/(?<=[.!?])\s+(?=[A-Z])/)).toHaveLength(2);
      expect(message).toContain('DISCORD_TOKEN');
      expect(message).toContain('npx riffcord riff');
    },
  );

  it.each([
    ['RIFFCORD_DEVICE', 'gpu'],
    ['RIFFCORD_PRECISION', 'int4'],
    ['RIFFCORD_THREADS', '0'],
    ['RIFFCORD_THREADS', '1.5'],
    ['RIFFCORD_THREADS', 'NaN'],
    ['RIFFCORD_MAX_WAITING', '-1'],
    ['RIFFCORD_MAX_PER_USER', '1e9'],
    ['RIFFCORD_HOURLY_PER_GUILD', '0'],
    ['LOG_LEVEL', 'loud'],
    ['DISCORD_API_URL', 'discord'],
  ])('names %s when it is %s', (variable, value) => {
    const message = messageOf(() => parseBotConfig({ DISCORD_TOKEN: token, [variable]: value }));
    expect(message).toMatch(new RegExp(`^${variable} must be .*"${value}"`));
  });

  it('does not repeat a wrong token', () => {
    const message = messageOf(() => parseDeployConfig({ DISCORD_TOKEN: 'two words' }));
    expect(message).toMatch(/^DISCORD_TOKEN must be one word/);
    expect(message).not.toContain('two words');
  });

  it('knows where models come from, and never repeats a wrong token', () => {
    expect(parseHubConfig({})).toEqual({ url: 'https://huggingface.co', token: undefined });
    expect(parseHubConfig({ RIFFCORD_HUB_URL: 'http://localhost:8000/', HF_TOKEN: 'hf_x' })).toEqual({
      url: 'http://localhost:8000',
      token: 'hf_x',
    });
    expect(messageOf(() => parseHubConfig({ RIFFCORD_HUB_URL: 'file:///etc' }))).toMatch(
      /^RIFFCORD_HUB_URL must be an http or https address, not "file/,
    );
    const message = messageOf(() => parseHubConfig({ HF_TOKEN: 'two words' }));
    expect(message).toMatch(/^HF_TOKEN must be one word/);
    expect(message).not.toContain('two words');
  });

  it('may name a default model', () => {
    expect(parseCliConfig({ RIFFCORD_MODEL: 'beats' }).defaultModel).toBe('beats');
    expect(parseCliConfig({ RIFFCORD_MODEL: ' ' }).defaultModel).toBeUndefined();
  });

  it('asks the command line for no token', () => {
    expect(parseCliConfig({ RIFFCORD_THREADS: '3' })).toEqual({
      modelsFolder: undefined,
      threads: 3,
      device: 'auto',
      precision: 'float32',
    });
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('Expected a ConfigError.');
}
