/** Something that happened, for every gateway session that wants to know. */
export interface GatewayEvent {
  /** Such as `MESSAGE_CREATE`. */
  readonly name: string;
  /** The intents of which a session needs one to receive the event; 0 for events that everybody receives. */
  readonly intents: number;
  /** The payload as a session with these intents may see it. */
  payload(intents: number): unknown;
}
