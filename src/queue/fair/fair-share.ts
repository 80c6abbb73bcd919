import { BinaryHeap } from './binary-heap.js';

interface Entry {
  readonly flow: string;
  /** Virtual time at which the flow's next job may begin. */
  readonly start: number;
  /** Breaks ties: who came first. */
  readonly sequence: number;
}

/**
 * Start-time fair queueing over flows (P. Goyal, H. M. Vin, H. Cheng: "Start-time Fair Queuing", SIGCOMM 1996):
 * whoever has had the least, by cost over weight, is next, and nobody saves up a claim while away. It only says
 * which flow is next; which job of the flow that means is for the caller to know.
 */
export class FairShare {
  /** The start tag of the job in service; never goes back. */
  #virtualTime = 0;
  /** Where the last job of a flow ended in virtual time; flows without one owe nothing. */
  readonly #finish = new Map<string, number>();
  /** Flows that have jobs waiting. */
  readonly #waiting = new Map<string, Entry>();
  /** Every waiting flow, and entries that are no longer true: those are not the same as in #waiting. */
  #heap = emptyHeap();

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** A flow has jobs waiting from now on; nothing changes when it had some already. */
  join(flow: string, sequence: number): void {
    if (this.#waiting.has(flow)) return;
    const start = Math.max(this.#virtualTime, this.#finish.get(flow) ?? 0);
    this.#enter({ flow, start, sequence });
  }

  /** A flow has no jobs waiting any more. What it has had is remembered until the others have had as much. */
  leave(flow: string): void {
    this.#waiting.delete(flow);
  }

  /** The flow whose turn it is, of those that may. */
  first(mayBegin: (flow: string) => boolean = () => true): string | undefined {
    const skipped: Entry[] = [];
    let entry = this.#popTrue();
    while (entry !== undefined && !mayBegin(entry.flow)) {
      skipped.push(entry);
      entry = this.#popTrue();
    }
    if (entry !== undefined) skipped.push(entry);
    for (const one of skipped) this.#heap.push(one);
    return entry?.flow;
  }

  /**
   * A job of the flow begins.
   *
   * @param cost - What it costs, divided by the flow's weight.
   * @param sequence - Of the flow's next job; undefined when no other waits.
   */
  serve(flow: string, cost: number, sequence: number | undefined): void {
    const start = this.#waiting.get(flow)?.start ?? this.#virtualTime;
    this.#virtualTime = Math.max(this.#virtualTime, start);
    this.#finish.set(flow, start + cost);
    this.#waiting.delete(flow);
    if (sequence !== undefined) this.#enter({ flow, start: start + cost, sequence });
    if (this.#finish.size > 2 * this.#waiting.size + 64) this.#tidy();
  }

  copy(): FairShare {
    const copy = new FairShare();
    copy.#virtualTime = this.#virtualTime;
    for (const [flow, finish] of this.#finish) copy.#finish.set(flow, finish);
    for (const entry of this.#waiting.values()) copy.#enter(entry);
    return copy;
  }

  #enter(entry: Entry): void {
    this.#waiting.set(entry.flow, entry);
    this.#heap.push(entry);
    // Entries of flows that left would pile up where flows come and go without ever being next.
    if (this.#heap.size > 2 * this.#waiting.size + 64) this.#tidy();
  }

  #popTrue(): Entry | undefined {
    for (;;) {
      const entry = this.#heap.pop();
      if (entry === undefined || this.#waiting.get(entry.flow) === entry) return entry;
    }
  }

  #tidy(): void {
    this.#heap = emptyHeap();
    for (const entry of this.#waiting.values()) this.#heap.push(entry);
    for (const [flow, finish] of this.#finish) if (finish <= this.#virtualTime) this.#finish.delete(flow);
  }
}

function emptyHeap(): BinaryHeap<Entry> {
  return new BinaryHeap((a, b) => (a.start === b.start ? a.sequence < b.sequence : a.start < b.start));
}
