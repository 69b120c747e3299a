import { PAPER_PRESET } from './paper-preset.js';

type Plain = Record<string, unknown>;

const AS_WRITTEN = { macroInterpolation: true, wholeSampleScaler: true, survivors: true };

const BASES: Readonly<Record<string, Plain>> = {
  paper: PAPER_PRESET,
  'paper-as-written': { ...PAPER_PRESET, asWritten: AS_WRITTEN },
};

/** Lays what a user wrote over the presets it names. Sections that state another kind or model replace the preset's whole. */
export function overPreset(raw: Plain): Plain {
  const named = Array.isArray(raw.preset) ? raw.preset : [raw.preset];
  return named.reduce<Plain>((under, name) => {
    const base = typeof name === 'string' ? BASES[name] : undefined;
    return base === undefined ? under : layOver(structuredClone(base), under);
  }, raw);
}

const isSection = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What tells apart the forms of a section whose keys differ. */
const FORM_KEYS = ['kind', 'name'] as const;

function layOver(base: Plain, over: Plain): Plain {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key];
    const sections = isSection(under) && isSection(value);
    const anotherForm = sections && FORM_KEYS.some((form) => value[form] !== undefined && value[form] !== under[form]);
    merged[key] = sections && !anotherForm ? layOver(under, value) : value;
  }
  return merged;
}
