/** What we use of @echogarden/pffft-wasm, which has no types of its own. Numbers are addresses in its memory. */
declare module '@echogarden/pffft-wasm/simd' {
  export interface PffftModule {
    readonly HEAPF32: Float32Array;
    /** @returns 0 when there is no memory left */
    _pffft_aligned_malloc(bytes: number): number;
    _pffft_aligned_free(address: number): void;
    /** @param kind 0 = real, 1 = complex */
    _pffft_new_setup(size: number, kind: number): number;
    _pffft_destroy_setup(setup: number): void;
    /** @param direction 0 = forward, 1 = inverse, which is not scaled */
    _pffft_transform_ordered(
      setup: number,
      input: number,
      output: number,
      work: number,
      direction: number,
    ): void;
  }
  export interface PffftOptions {
    readonly wasmBinary: Uint8Array;
    /** Emscripten's own hook: instantiates instead of the library and hands over the instance. */
    readonly instantiateWasm: (
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => void,
    ) => object;
  }
  const load: (options: PffftOptions) => Promise<PffftModule>;
  export default load;
}
