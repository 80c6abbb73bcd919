/** What Discord's client would not let a person do; the bot never hears of it. */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}
