/** This machine: what is said to it passes nobody. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Only the hub itself sees the token, and only where nobody on the way can read it. */
export function maySeeToken(url: URL, hub: URL): boolean {
  return url.origin === hub.origin && (url.protocol === 'https:' || LOOPBACK.test(url.hostname));
}
