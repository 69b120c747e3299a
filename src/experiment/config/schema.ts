import { z } from 'zod';
import { expressionFamilies } from '../../features/index.js';
import { RULEBOOK_NAMES } from '../../market/index.js';
import { PROVIDERS } from '../../runtime/index.js';
import { CandlenetError } from '../../util/index.js';
import { ensembleSection, onlineSection } from './ensemble-section.js';
import { explainSection, periodsSection, sensitivitySection } from './explain-section.js';
import { labelSection } from './label-section.js';
import { modelSection, networkSection } from './model-section.js';
import { newsSection } from './news-section.js';
import { portfolioSection, riskSection } from './portfolio-section.js';
import { PRESET_NAMES } from './preset-names.js';
import { splitSection } from './split-section.js';
import { tuneSection } from './tune-section.js';

const count = z.int().positive();
const share = z.number().min(0).max(1);

const market = z.strictObject({
  /** Market store folder; a relative path starts from the configuration file's folder. */
  store: z.string().min(1),
  /** Universe on day t: the members of this index on day t. Also the benchmark. */
  index: z.string().min(1),
});

/**
 * Narrows the universe as of each date; null switches a rule off. Off as a whole unless asked for: an index chooses its
 * members already, and a rule drops stocks the index holds. No rule asks how a listing ended later.
 */
const screening = z.strictObject({
  /** Years since the listing. */
  minListedYears: z.int().min(0).nullable().default(3),
  /** A stock is out while more than this many of the last `windowDays` sessions were without trade. */
  suspension: z
    .strictObject({ windowDays: count.default(60), maxSessions: z.int().min(0).default(20) })
    .nullable()
    .prefault({}),
  /** Whether stocks under special treatment are out. */
  specialTreatment: z.boolean().default(true),
});

/** Groups of columns, and the sets `paper` (86 columns), `full` (every group) and `alpha158` (Qlib's 158). */
const FEATURE_GROUPS = [
  'price-volume',
  'technical',
  'macro',
  'fundamental',
  'news',
  'trend',
  'sentiment',
  'flag',
  'paper',
  'full',
  'alpha158',
] as const;

const features = z.strictObject({
  /** What the store lacks is left out, and the report says so. */
  groups: z.array(z.enum(FEATURE_GROUPS)).min(1).default(['price-volume', 'technical']),
  /** Factor expressions of one's own, name → formula; docs/expressions.md has the language. */
  expressions: z
    .record(z.string(), z.string())
    .default({})
    .superRefine((expressions, context) => {
      for (const [name, formula] of Object.entries(expressions)) {
        try {
          expressionFamilies({ [name]: formula });
        } catch (error) {
          if (!(error instanceof CandlenetError)) throw error;
          context.addIssue({ code: 'custom', path: [name], message: error.message, params: { error } });
        }
      }
    }),
  news: newsSection.prefault({}),
  /** Features of one's own, by the names that `defineFeature` gave them in a module that Node was told to load. */
  own: z.array(z.string()).default([]),
  /** Sessions in one sample, the signal's day included. */
  window: z.int().min(4).max(250).default(20),
  /** A column with a larger share missing over the universe's training rows is left out of the inputs. */
  maxMissing: share.default(0.05),
  /** Standardised values are clipped at ± this many training standard deviations. */
  clipSigma: z.number().positive().default(5),
});

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({ kind: z.literal('step'), everyEpochs: count, factor: z.number().positive().max(1) }),
  z.strictObject({ kind: z.literal('cosine'), finalRate: z.number().min(0) }),
]);

/** Of one class in the loss. */
const weight = z.number().positive();

const beta = z.number().min(0).lt(1);
const adamMoments = {
  beta1: beta.default(0.9),
  beta2: beta.default(0.999),
  epsilon: z.number().positive().default(1e-8),
};
/** What weight decay pulls towards zero: every parameter, or the kernels alone (no bias, no batch norm). */
const decayed = z.enum(['all', 'kernels']).default('all');

/** Defaults are PyTorch's; Adam's are those of Kingma & Ba (2015). */
const optimiser = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('adam'), ...adamMoments }),
  z.strictObject({
    kind: z.literal('adamw'),
    ...adamMoments,
    weightDecay: z.number().min(0).default(0.01),
    decayed,
  }),
  z
    .strictObject({
      kind: z.literal('sgd'),
      momentum: beta.default(0.9),
      nesterov: z.boolean().default(false),
      weightDecay: z.number().min(0).default(0),
      decayed,
    })
    .refine(({ momentum, nesterov }) => !nesterov || momentum > 0, {
      path: ['momentum'],
      error: 'expected a number above 0, as nesterov is on',
    }),
]);

const warmUp = z.strictObject({
  length: count,
  unit: z.enum(['steps', 'epochs']).default('steps'),
  /** Share of the rate at the first step. */
  startFactor: z.number().positive().max(1).default(0.01),
});

const training = z
  .strictObject({
    seed: z.int().min(0).default(1),
    /** Worker threads. Part of what fixes the bits: the same count is needed to reproduce a run. */
    workers: z.int().min(1).max(64).default(2),
    batchSize: count.default(64),
    maxEpochs: count.default(200),
    patience: count.default(10),
    learningRate: z.number().positive().default(0.001),
    schedule: schedule.default({ kind: 'step', everyEpochs: 5, factor: 0.5 }),
    /** A linear rise of the rate when training begins, on top of the schedule; null is none. */
    warmUp: warmUp.nullable().default(null),
    optimiser: optimiser.prefault({ kind: 'adam' }),
    /** Global-norm clipping; null switches it off. */
    clipNorm: z.number().positive().nullable().default(1),
    /** Samples drawn per epoch without replacement; null is all of them. */
    samplesPerEpoch: count.nullable().default(null),
    /** Validation samples drawn once and used after each epoch; null is all of them. */
    validationSamples: count.nullable().default(null),
    /** What ONNX Runtime computes on; where it cannot be had, the CPU. Equal bits are promised for the CPU alone. */
    provider: z.enum(PROVIDERS).default('cpu'),
    /** Minutes between checkpoints within an epoch; after each epoch there is one anyway. Changes no result. */
    checkpointMinutes: z.number().positive().default(5),
    /** Of a label that is a number; null is `huber` for `return` and `mse` for `rank`. */
    loss: z.enum(['mse', 'huber']).nullable().default(null),
    /** Share of the target spread evenly over the classes; 0 is off. */
    labelSmoothing: z.number().min(0).lt(1).default(0),
    /** `balanced`, or weights of buy, hold and sell (of buy and sell with two classes); null weighs every sample alike. */
    classWeights: z
      .union(
        [z.literal('balanced'), z.tuple([weight, weight]), z.tuple([weight, weight, weight])],
        'expected "balanced", a number above 0 for each class of the label, or null',
      )
      .nullable()
      .default(null),
    /** Mixes pairs of samples with a weight from Beta(alpha, alpha); null is off. */
    mixup: z.strictObject({ alpha: z.number().positive() }).nullable().default(null),
    /** Normal noise on the standardised inputs, in training deviations; null is off. */
    noise: z.strictObject({ sigma: z.number().positive() }).nullable().default(null),
    /** Training windows end up to so many sessions earlier; null is off. */
    timeShift: z
      .strictObject({ maxSessions: z.int().min(1).max(255) })
      .nullable()
      .default(null),
    /** Fast-gradient-sign examples of size epsilon, with this weight in the loss; null is off. */
    adversarial: z
      .strictObject({ epsilon: z.number().positive(), weight: z.number().positive().max(1).default(0.5) })
      .nullable()
      .default(null),
  })
  .superRefine(({ batchSize, workers, samplesPerEpoch }, context) => {
    const refuse = (key: string, used: number, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message, params: { used } });
    if (batchSize % workers !== 0) refuse('batchSize', batchSize, `expected a multiple of workers (${workers})`);
    else if (samplesPerEpoch !== null && samplesPerEpoch < batchSize) {
      refuse('samplesPerEpoch', samplesPerEpoch, `expected at least batchSize (${batchSize}), or null`);
    }
  });

const logistic = z.strictObject({
  /** Inverse strength of the L2 penalty, scikit-learn's C. */
  c: z.number().positive().default(1),
  maxIterations: count.default(200),
  /** Training samples, drawn with the seed; null is all of them. */
  maxSamples: count.nullable().default(null),
});

const ridge = z.strictObject({
  /** Strength of the L2 penalty, scikit-learn's alpha. */
  alpha: z.number().positive().default(1),
  /** Training samples, drawn with the seed; null is all of them. */
  maxSamples: count.nullable().default(null),
});

const forest = z.strictObject({
  trees: count.default(100),
  /** Null for no limit. */
  maxDepth: count.nullable().default(null),
  /** Draws of the bootstrap a leaf must hold. Labels of overlapping horizons say the same thing several times. */
  minSamplesLeaf: count.default(50),
  /** Features tried at each split: the square root of their number, all, or a share of them. */
  maxFeatures: z.union([z.enum(['sqrt', 'all']), z.number().positive().max(1)]).default('sqrt'),
  maxSamples: count.nullable().default(null),
});

const boosting = z.strictObject({
  /** At most so many trees a class; the validation loss says how many are kept. */
  iterations: count.default(500),
  learningRate: z.number().positive().default(0.05),
  maxLeaves: z.int().min(2).default(31),
  minSamplesLeaf: count.default(100),
  l2: z.number().min(0).default(1),
  /** Shares of samples and columns that a tree sees. */
  rowShare: z.number().positive().max(1).default(0.8),
  columnShare: z.number().positive().max(1).default(0.5),
  /** Iterations without a better validation loss before it stops; null keeps all. */
  patience: count.nullable().default(20),
  maxSamples: count.nullable().default(null),
});

const svm = z.strictObject({
  c: z.number().positive().default(1),
  kernel: z.enum(['rbf', 'linear']).default('rbf'),
  /** Of exp(−γ‖x − y‖²) on standardised columns; null is 1 / columns. */
  gamma: z.number().positive().nullable().default(null),
  /** Up to so many samples the radial kernel is exact; beyond, `components` random Fourier features approximate it. */
  exactUpTo: z.int().min(0).max(20_000).default(5000),
  components: count.default(500),
  maxIterations: count.default(200),
  maxSamples: count.nullable().default(30_000),
});

/** Each on the windows of the network in question, and false where it is left out; docs/baselines.md has the methods. */
const baselines = z.strictObject({
  /** Where the label has classes. */
  logisticRegression: z.union([z.literal(false), logistic]).prefault({}),
  /** Where the label is a number. */
  ridgeRegression: z.union([z.literal(false), ridge]).prefault({}),
  randomForest: z.union([z.literal(false), forest]).default(false),
  gradientBoosting: z.union([z.literal(false), boosting]).default(false),
  svm: z.union([z.literal(false), svm]).default(false),
  /** Networks with the training of the one in question, and options of their own. */
  cnn: networkSection('cnn').default(false),
  lstm: networkSection('lstm').default(false),
});

const placebos = z.strictObject({
  majorityClass: z.boolean().default(true),
  /** Names every sample a buy; what it earns is the universe, held. */
  alwaysBuy: z.boolean().default(true),
  /** The same network, trained as long as the real one's best epoch, on training labels in random order. */
  shuffledLabels: z.boolean().default(true),
  /** Portfolios of as many random names, as often rebalanced, at the same costs; 0 leaves them out. */
  randomPortfolios: z.int().min(0).max(1000).default(20),
});

const backtest = z.strictObject({
  /** `store` takes the rulebook that the store names. */
  rulebook: z.enum(['store', ...RULEBOOK_NAMES]).default('store'),
  /** In the market's currency. */
  capital: z.number().positive().default(100_000_000),
  /** null: the rulebook's, 2.5 where it leaves the rate to negotiation. */
  commissionBps: z.number().min(0).nullable().default(null),
  /** null: the rulebook's of the day. */
  minCommission: z.number().min(0).nullable().default(null),
  halfSpreadBps: z.number().min(0).default(2.5),
  /** Of the square-root law of market impact; 0 is none. */
  impactCoefficient: z.number().min(0).default(0),
  /** Which price of the session after the signal orders fill at. */
  fillPrice: z.enum(['open', 'vwap', 'close']).default('open'),
  /** No order larger than this share of the trailing 20-day mean volume. */
  maxVolumeShare: z.number().positive().max(1).default(0.1),
  /** What becomes of the part that this share leaves of an order: tried again in the next session, or dropped. */
  remainder: z.enum(['carry', 'cancel']).default('cancel'),
  /** Share of the last price paid out when a holding is delisted. */
  delistingRecovery: share.default(1),
  /** As persons and funds pay it; where the store has actions. */
  dividendTax: z.boolean().default(true),
  sessionsPerYear: count.default(252),
  /** Break-even cost and capacity of the strategy: some thirty more back-tests. */
  limits: z.boolean().default(true),
});

const asWritten = z.strictObject({
  macroInterpolation: z.boolean().default(false),
  wholeSampleScaler: z.boolean().default(false),
  survivors: z.boolean().default(false),
});

const report = z.strictObject({
  language: z.enum(['en', 'zh']).default('en'),
  /** Stretches of days that the report judges by themselves, where the test reaches them. */
  periods: periodsSection,
});

/** The whole of an experiment. Every default is the paper's value or said in the comment beside it. */
export const configSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'expected lower-case letters, digits and hyphens')
    .default('experiment'),
  /**
   * Named settings, one or several: `paper` is the closest honest reading of the paper, `paper-as-written` the paper with what
   * it does that looks ahead, `quick` cuts a run down to a few minutes, and the report says by what.
   */
  preset: z
    .union(
      [z.enum(PRESET_NAMES), z.array(z.enum(PRESET_NAMES))],
      `expected ${PRESET_NAMES.join(', ')}, or a list of them`,
    )
    .nullable()
    .default(null),
  /** What the paper does that looks ahead; null, as it is for everyone else, does none of it. The report is watermarked. */
  asWritten: asWritten.nullable().default(null),
  market,
  screening: screening.nullable().default(null),
  features: features.prefault({}),
  label: labelSection.prefault({ kind: 'volatility' }),
  split: splitSection,
  model: modelSection.prefault({}),
  training: training.prefault({}),
  ensemble: ensembleSection.nullable().default(null),
  online: onlineSection.nullable().default(null),
  baselines: baselines.prefault({}),
  placebos: placebos.prefault({}),
  portfolio: portfolioSection.prefault({}),
  risk: riskSection.prefault({}),
  backtest: backtest.prefault({}),
  explain: explainSection.prefault({}),
  /** null is off. */
  sensitivity: sensitivitySection.nullable().default(null),
  report: report.prefault({}),
  /** The search for hyper-parameters; null where there is none. */
  tune: tuneSection.nullable().default(null),
});

/** One that was valid when its run was made, by a program that may have had models of its own. */
export const pastConfigSchema = configSchema.extend({ model: z.looseObject({ name: z.string() }) });

/** A configuration with every default filled in. */
export type ExperimentConfig = z.output<typeof configSchema>;
/** What a user writes. */
export type ExperimentInput = z.input<typeof configSchema>;
