/** The package brings no types of its own. */
declare module 'audio-type' {
  /** A short name of the format, told by its first bytes. */
  export default function audioType(bytes: Uint8Array): string | undefined;
}
