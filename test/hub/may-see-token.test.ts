import { describe, expect, it } from 'vitest';

import { maySeeToken } from '../../src/hub/may-see-token.js';

describe('maySeeToken', () => {
  it.each([
    ['https://huggingface.co/api/models/a/b', 'https://huggingface.co', true],
    ['https://huggingface.co:443/x', 'https://huggingface.co', true],
    ['http://localhost:8080/x', 'http://localhost:8080', true],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080', true],
    ['http://[::1]:8080/x', 'http://[::1]:8080', true],
    ['http://huggingface.co/x', 'https://huggingface.co', false],
    ['http://mirror.example/x', 'http://mirror.example', false],
    ['https://cdn-lfs.huggingface.co/x', 'https://huggingface.co', false],
    ['https://huggingface.co.evil.example/x', 'https://huggingface.co', false],
    ['https://huggingface.co@evil.example/x', 'https://huggingface.co', false],
    ['https://huggingface.co:8443/x', 'https://huggingface.co', false],
    ['http://localhost.evil.example/x', 'http://localhost.evil.example', false],
    ['http://127.0.0.1:9/x', 'http://127.0.0.1:8080', false],
  ])('%s of the hub %s: %s', (url, hub, expected) => {
    expect(maySeeToken(new URL(url), new URL(hub))).toBe(expected);
  });
});
