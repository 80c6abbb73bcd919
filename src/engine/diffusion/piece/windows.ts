/**
 * Long arrays worked on window by window: each window is made by itself, and what overlaps is averaged. Time and memory
 * grow with the length alone.
 */

/** All in columns. */
export interface WindowLayout {
  /** Of the whole. */
  readonly columns: number;
  /** Of each window, at most as many as there are. */
  readonly window: number;
  /** Most from the beginning of one window to that of the next. */
  readonly hop: number;
  /** The last column goes on at the first. */
  readonly circular: boolean;
}

/** Called before each window, with the share of the windows that are done, 0..1. */
export type OnWindow = (share: number) => void;

/** Rows, one after the other, of a layout's columns. */
export interface Rows<T extends Float32Array | Uint8ClampedArray> {
  readonly data: T;
  /** Elements of a column within a row. */
  readonly columnSize: number;
}

/** First column of each window, ascending; in a circle the last ones may reach over the end. */
export function windowStarts({ columns, window, hop, circular }: WindowLayout): number[] {
  const way = circular ? columns : columns - window;
  if (columns <= window) return [0];
  const hops = Math.ceil(way / hop);
  const count = circular ? hops : hops + 1;
  return Array.from({ length: count }, (_, index) => Math.round((index * way) / hops));
}

/** The columns of one window, beyond the last one those from the first one on. */
export function cutColumns<T extends Float32Array | Uint8Array>(
  { data, columnSize }: { readonly data: T; readonly columnSize: number },
  columns: number,
  { start, window }: { readonly start: number; readonly window: number },
): T {
  const rowLength = columns * columnSize;
  const rows = data.length / rowLength;
  const [from, length] = [start * columnSize, window * columnSize];
  // Its own kind of array, which no other signature of the constructors says.
  const cut = new (data.constructor as new (length: number) => T)(rows * length);
  const first = Math.min(length, rowLength - from);
  for (let row = 0; row < rows; row++) {
    cut.set(data.subarray(row * rowLength + from, row * rowLength + from + first), row * length);
    if (first < length) {
      cut.set(data.subarray(row * rowLength, row * rowLength + length - first), row * length + first);
    }
  }
  return cut;
}

/**
 * Puts windows together, each column of which counts the more the nearer it is to the window's middle (squared sine).
 * With `Uint8ClampedArray` the means are rounded.
 */
export class WindowMean<T extends Float32Array | Uint8ClampedArray> {
  readonly #layout: WindowLayout;
  readonly #whole: Rows<T>;
  readonly #weights: Float64Array;
  /** Of what is already in each column. */
  readonly #sums: Float64Array;

  /** @param whole filled by `add` */
  constructor(layout: WindowLayout, whole: Rows<T>) {
    this.#layout = layout;
    this.#whole = whole;
    this.#weights = Float64Array.from({ length: layout.window }, (_, column) => {
      return Math.sin((Math.PI * (column + 0.5)) / layout.window) ** 2;
    });
    this.#sums = new Float64Array(layout.columns);
  }

  add(start: number, window: ArrayLike<number>): void {
    const { columns, window: width } = this.#layout;
    const { data, columnSize } = this.#whole;
    const rows = data.length / (columns * columnSize);
    for (let column = 0; column < width; column++) {
      const target = (start + column) % columns;
      const share = this.#shareOf(column, target);
      for (let row = 0; row < rows; row++) {
        const at = (row * columns + target) * columnSize;
        const from = (row * width + column) * columnSize;
        for (let i = 0; i < columnSize; i++) {
          const old = data[at + i] ?? 0;
          data[at + i] = old + share * ((window[from + i] ?? 0) - old);
        }
      }
    }
  }

  /** Of what is new in the mean of that column. */
  #shareOf(column: number, target: number): number {
    const weight = this.#weights[column] ?? 0;
    const sum = (this.#sums[target] ?? 0) + weight;
    this.#sums[target] = sum;
    return weight / sum;
  }
}
