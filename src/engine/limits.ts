/** Minimum, maximum and default of every knob. Imports nothing, so that command payloads may use it. */

export const PROMPT_MAX_LENGTH = 500; // characters
export const SEED_MIN = 0;
export const SEED_MAX = 2 ** 32 - 1;
export const INFERENCE_STEPS_MIN = 1;
export const INFERENCE_STEPS_MAX = 100;
export const GUIDANCE_SCALE_MIN = 1; // 1 = guidance off
export const GUIDANCE_SCALE_MAX = 20;

export const WIDTH_MIN = 64; // columns; one is 10 ms at the defaults
export const WIDTH_MAX = 2048;
export const PICTURES_MAX = 36; // side by side, as one piece
export const SECONDS_MIN = 1;
export const SECONDS_MAX = 180;
export const BPM_MIN = 40; // beats per minute
export const BPM_MAX = 200;
export const CLIP_SKIP_MAX = 11;
export const LORAS_MAX = 8;
export const LORA_WEIGHT_MAX = 4;

export const GRIFFIN_LIM_ITERATIONS_MIN = 1;
export const GRIFFIN_LIM_ITERATIONS_MAX = 1000;
export const SAMPLE_RATE_MIN = 8000; // hertz
export const SAMPLE_RATE_MAX = 192_000;

export const AUDIO_MAX_SECONDS = 300; // what we read from a file
export const AUDIO_MAX_BYTES = 100 * 1024 * 1024;
export const IMAGE_MAX_PIXELS = 16 * 1024 * 1024; // 512 x 32768 would be 5.5 minutes at 10 ms
export const IMAGE_MAX_BYTES = 64 * 1024 * 1024;

/** Those that every model works with. */
export const FLOW_MATCH_SCHEDULERS = ['euler', 'heun', 'dpmpp-2m'] as const;
/** The others are for diffusion models, such as the checkpoints of Stable Diffusion. */
export const SCHEDULERS = [
  ...FLOW_MATCH_SCHEDULERS,
  'dpmpp-2m-karras',
  'ddim',
  'pndm',
  'unipc',
  'euler-ancestral',
  'lms',
  'lcm',
] as const;
export type SchedulerName = (typeof SCHEDULERS)[number];

export const AUDIO_FORMATS = ['wav', 'mp3', 'ogg'] as const;
/** What we write: 16-bit WAV, MP3 (CBR), Ogg Opus. */
export type AudioFormat = (typeof AUDIO_FORMATS)[number];

export const PRECISIONS = ['float32', 'float16', 'int8'] as const;
/**
 * What matrix products and convolutions are computed in; the inputs and outputs of a graph are float32 all the same.
 *
 * - `float32`.
 * - `float16`: everything but the sums inside normalisations. For graphics cards; a CPU widens every operation.
 * - `int8`: weights as 8-bit integers with a scale for each output, inputs as 8-bit integers with the scale that their
 *   extremes at that moment ask for; attention, normalisations and the layers around them stay float32. For CPUs.
 */
export type Precision = (typeof PRECISIONS)[number];

export const DEVICES = ['auto', 'cpu', 'cuda', 'webgpu', 'dml', 'coreml'] as const;
/** What networks run on. `auto`: what is fastest here; the others by ONNX Runtime's names, `dml` for DirectML. */
export type Device = (typeof DEVICES)[number];

export const STEREO_LAYOUTS = ['left-right', 'mid-side'] as const;
/** Which channel is where in a stereo picture. Left-right is riffusion's. */
export type StereoLayout = (typeof STEREO_LAYOUTS)[number];

export const QUALITIES = ['fast', 'studio', 'reference'] as const;
/**
 * How a picture becomes sound. Fast: for live music. Studio: for files. Reference: riffusion's own algorithm (plain
 * Griffin-Lim from random phases), for comparison.
 */
export type Quality = (typeof QUALITIES)[number];
