/**
 * Ways to ask the denoising network for less in one run. Each changes what comes out; what that costs in quality is
 * measured in bench/README.md, "Scheduler-level speed". All are for one model at one noise schedule: they go with any
 * scheduler and any number of steps.
 */
export interface AccelerationOptions {
  /**
   * Training times between which guidance is applied, as shares of the whole: 0 = data, 1 = nothing but noise. Outside,
   * the network is asked once instead of twice (Kynkäänniemi et al. 2024). @defaultValue [0, 1]
   */
  readonly guidanceInterval?: readonly [from: number, to: number];
  /**
   * What guidance adds is computed at every n-th call of the network within the interval, and added again at those in
   * between, where the network is asked once instead of twice (after the residual guidance of StreamDiffusion, Kodaira
   * et al. 2023). From 1. @defaultValue 1
   */
  readonly guidanceEvery?: number;
  /**
   * The deep layers are computed at every n-th call of the network, and what they said serves those in between
   * (DeepCache, Ma et al. 2023). From 1. Has no effect on models whose network is not in two parts. @defaultValue 1
   */
  readonly deepFeaturesEvery?: number;
}
