/** A model's `scheduler_config.json`, as diffusers writes it: which scheduler, and the noise it was trained with. */
import { z } from 'zod';

import { EngineError } from '../../errors.js';

/** Schedulers of diffusion models, by the names of diffusers' classes. */
const SCHEDULER_OF_CLASS = {
  DDIMScheduler: 'ddim',
  PNDMScheduler: 'pndm',
  EulerDiscreteScheduler: 'euler',
  EulerAncestralDiscreteScheduler: 'euler-ancestral',
  HeunDiscreteScheduler: 'heun',
  LMSDiscreteScheduler: 'lms',
  DPMSolverMultistepScheduler: 'dpmpp-2m',
  UniPCMultistepScheduler: 'unipc',
  LCMScheduler: 'lcm',
} as const;

type DiffusionClass = keyof typeof SCHEDULER_OF_CLASS;
export type DiffusionSchedulerName = (typeof SCHEDULER_OF_CLASS)[DiffusionClass];

const FLOW_MATCH_CLASS = 'FlowMatchEulerDiscreteScheduler';
const DIFFUSION_CLASSES = Object.keys(SCHEDULER_OF_CLASS) as [DiffusionClass, ...DiffusionClass[]];
/** What diffusers takes where a file does not say. */
const DEFAULT_BETAS = { start: 0.0001, end: 0.02, schedule: 'linear' } as const;
const DEFAULT_LCM_BETAS = { start: 0.00085, end: 0.012, schedule: 'scaled_linear' } as const;

const beta = z.number().gt(0).lt(1);
const positiveInt = z.int().min(1);
/** A switch of diffusers' that must be as it is here when the file has it: the other way is not built. */
const only = <T extends string | boolean>(value: T) => z.literal(value).optional();

export const flowMatchConfigSchema = z.object({
  _class_name: z.literal(FLOW_MATCH_CLASS),
  num_train_timesteps: positiveInt.default(1000),
  shift: z.number().positive().default(1),
  use_dynamic_shifting: only(false),
});

const diffusionConfigShape = z.object({
  _class_name: z.enum(DIFFUSION_CLASSES),
  num_train_timesteps: positiveInt.max(100_000).default(1000),
  beta_start: beta.optional(),
  beta_end: beta.optional(),
  beta_schedule: z.enum(['linear', 'scaled_linear', 'squaredcos_cap_v2']).optional(),
  trained_betas: z.array(beta).nullish(),
  prediction_type: z.enum(['epsilon', 'v_prediction']).default('epsilon'),
  rescale_betas_zero_snr: z.boolean().default(false),
  /** Absent: each scheduler has its own. */
  timestep_spacing: z.enum(['leading', 'trailing', 'linspace']).optional(),
  steps_offset: z.int().min(0).default(0),
  /** Absent: each scheduler has its own. */
  set_alpha_to_one: z.boolean().optional(),
  use_karras_sigmas: z.boolean().nullish(),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
  solver_order: z.int().min(1).max(3).default(2),
  solver_type: z.enum(['midpoint', 'heun', 'logrho', 'bh1', 'bh2']).optional(),
  lower_order_final: z.boolean().default(true),
  original_inference_steps: positiveInt.default(50),
  timestep_scaling: z.number().positive().default(10),
  // For models of pixels, of other solvers, or of no model that there is.
  clip_sample: only(false),
  thresholding: only(false),
  skip_prk_steps: only(true),
  predict_x0: only(true),
  algorithm_type: z.enum(['dpmsolver++', 'deis']).optional(),
  interpolation_type: only('linear'),
  use_exponential_sigmas: only(false).nullable(),
  use_beta_sigmas: only(false).nullable(),
  use_lu_lambdas: only(false).nullable(),
});

const diffusionConfigSchema = diffusionConfigShape
  .transform(withDefaultBetas)
  .superRefine((config, context) => {
    for (const message of contradictionsIn(config)) context.addIssue({ code: 'custom', message });
  });

const classSchema = z.object({ _class_name: z.string() });

export type FlowMatchConfig = z.infer<typeof flowMatchConfigSchema>;
export type DiffusionConfig = z.infer<typeof diffusionConfigSchema>;
export type SchedulerConfig = FlowMatchConfig | DiffusionConfig;

/**
 * Unknown keys are ignored; keys that are known and ask for what is not built are not.
 * @param value content of the file, parsed as JSON
 * @throws EngineError `model_corrupt` with what is wrong with it
 */
export function parseSchedulerConfig(value: unknown): SchedulerConfig {
  const className = classSchema.safeParse(value).data?._class_name;
  if (className === FLOW_MATCH_CLASS) return parseWith(flowMatchConfigSchema, value);
  if (className === undefined || Object.hasOwn(SCHEDULER_OF_CLASS, className)) {
    return parseWith(diffusionConfigSchema, value);
  }
  const known = [...DIFFUSION_CLASSES, FLOW_MATCH_CLASS].join(', ');
  throw new EngineError(
    'model_corrupt',
    `The model asks for a scheduler that this version does not have: ${className}. ` +
      `Change _class_name in its scheduler_config.json to one of ${known}.`,
  );
}

/** The scheduler that the model's makers chose. */
export function schedulerNameOf(config: DiffusionConfig): DiffusionSchedulerName {
  return SCHEDULER_OF_CLASS[config._class_name];
}

export function isFlowMatch(config: SchedulerConfig): config is FlowMatchConfig {
  return config._class_name === FLOW_MATCH_CLASS;
}

function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new EngineError(
    'model_corrupt',
    `The model's scheduler_config.json cannot be used. ${faults.join('; ')}. Get the model's files again, or correct this one.`,
    { cause: result.error },
  );
}

function withDefaultBetas(config: z.output<typeof diffusionConfigShape>) {
  const defaults = config._class_name === 'LCMScheduler' ? DEFAULT_LCM_BETAS : DEFAULT_BETAS;
  return {
    ...config,
    beta_start: config.beta_start ?? defaults.start,
    beta_end: config.beta_end ?? defaults.end,
    beta_schedule: config.beta_schedule ?? defaults.schedule,
  };
}

function contradictionsIn(config: ReturnType<typeof withDefaultBetas>): string[] {
  const { num_train_timesteps: times, trained_betas: betas } = config;
  const rules: [broken: boolean, message: string][] = [
    [config.beta_start > config.beta_end, 'beta_start must not be above beta_end'],
    [
      betas ? betas.length !== times : false,
      `trained_betas must be as many as num_train_timesteps, ${times}`,
    ],
    [config.steps_offset >= times, 'steps_offset must be below num_train_timesteps'],
    [
      config.original_inference_steps > times,
      'original_inference_steps must not be above num_train_timesteps',
    ],
    [
      config.rescale_betas_zero_snr && config.prediction_type === 'epsilon',
      'rescale_betas_zero_snr needs prediction_type v_prediction: from pure noise, the noise says nothing of the data',
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, message]) => message);
}
