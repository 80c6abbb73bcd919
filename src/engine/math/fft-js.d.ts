/** Types of what we use of fft.js 4, which ships none. Complex arrays are interleaved: re, im, re, im, ... */
declare module 'fft.js' {
  export default class FFT {
    /** @param size power of two, at least 2 */
    constructor(size: number);
    readonly size: number;
    /** Forward transform, unscaled; the two arrays must differ. */
    transform(output: Float64Array, input: Float64Array): void;
  }
}
