import { z } from 'zod';

/** A text classifier the user points to; relative paths start from the configuration file's folder. */
const classifier = z
  .strictObject({
    /** ONNX file as Hugging Face exports one: `input_ids` and the like in, a value a class out. */
    model: z.string().min(1),
    /** BERT's `vocab.txt`: a token a line. */
    vocabulary: z.string().min(1),
    /** What the model's outputs mean, in their order. */
    classes: z.array(z.string().min(1)).min(2),
    /** Classes whose probabilities are the score, positive less negative. */
    positive: z.string().default('positive'),
    negative: z.string().default('negative'),
    /** Whether the outputs are logits, or probabilities already. */
    output: z.enum(['logits', 'probabilities']).default('logits'),
    /** Whether the vocabulary is uncased. */
    lowercase: z.boolean().default(true),
    /** A longer text loses its end; the special tokens count. */
    maxTokens: z.int().min(3).max(512).default(128),
  })
  .superRefine(({ classes, positive, negative }, context) => {
    const twice = classes.find((name, i) => classes.indexOf(name) < i);
    if (twice !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['classes'],
        message: `found "${twice}" twice, expected each class once`,
      });
    }
    for (const [key, name] of Object.entries({ positive, negative })) {
      if (classes.includes(name)) continue;
      const message = `found "${name}", expected one of the classes ${classes.join(', ')}`;
      context.addIssue({ code: 'custom', path: [key], message });
    }
    if (positive === negative) {
      context.addIssue({
        code: 'custom',
        path: ['negative'],
        message: `found "${negative}", expected another class than positive`,
      });
    }
  });

/** Who scores the news that their source does not score. */
export const newsSection = z.strictObject({
  /** Null: the built-in lexicons, Chinese and English. */
  classifier: classifier.nullable().default(null),
});

export type ClassifierConfig = z.infer<typeof classifier>;
