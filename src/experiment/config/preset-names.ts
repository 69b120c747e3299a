/** What `preset` may name. The order is that in which they are laid under and over a configuration. */
export const PRESET_NAMES = ['paper', 'paper-as-written', 'quick'] as const;
