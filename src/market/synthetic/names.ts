/** Made-up company names: two syllables and the trade, in Chinese and in English. */
const FIRST: readonly (readonly [string, string])[] = [
  ['青', 'Qing'],
  ['云', 'Yun'],
  ['砚', 'Yan'],
  ['鹤', 'He'],
  ['松', 'Song'],
  ['溪', 'Xi'],
  ['岚', 'Lan'],
  ['曜', 'Yao'],
  ['澜', 'Lan'],
  ['筑', 'Zhu'],
  ['衡', 'Heng'],
  ['棠', 'Tang'],
  ['霁', 'Ji'],
  ['珩', 'Heng'],
  ['渔', 'Yu'],
  ['杉', 'Shan'],
];

const SECOND: readonly (readonly [string, string])[] = [
  ['汀', 'ting'],
  ['原', 'yuan'],
  ['舟', 'zhou'],
  ['岭', 'ling'],
  ['泽', 'ze'],
  ['渡', 'du'],
  ['桥', 'qiao'],
  ['川', 'chuan'],
  ['陌', 'mo'],
  ['屿', 'yu'],
  ['峤', 'jiao'],
  ['浦', 'pu'],
  ['湾', 'wan'],
  ['塬', 'yuan'],
  ['圃', 'pu'],
  ['畈', 'fan'],
];

export const INDUSTRIES = [
  { name: 'Banks', chinese: '银行', english: 'Bank' },
  { name: 'Brokers', chinese: '证券', english: 'Securities' },
  { name: 'Property', chinese: '置业', english: 'Property' },
  { name: 'Food and drink', chinese: '食品', english: 'Foods' },
  { name: 'Pharmaceuticals', chinese: '药业', english: 'Pharma' },
  { name: 'Electronics', chinese: '电子', english: 'Electronics' },
  { name: 'Software', chinese: '软件', english: 'Software' },
  { name: 'Machinery', chinese: '重工', english: 'Machinery' },
  { name: 'Chemicals', chinese: '化工', english: 'Chemicals' },
  { name: 'Utilities', chinese: '电力', english: 'Power' },
] as const;

function thirdSyllable(round: number): readonly [string, string] {
  if (round === 0) return ['', ''];
  return round < SECOND.length ? SECOND[round] : lowered(FIRST[round % FIRST.length]);
}

const lowered = ([chinese, english]: readonly [string, string]) => [chinese, english.toLowerCase()] as const;

/** Such as `青汀银行 Qingting Bank`; different for every number below 8,192: from 256 on with a third syllable. */
export function companyName(number: number, industry: number): string {
  const mixed = (number * 37) % (FIRST.length * SECOND.length);
  const first = FIRST[mixed % FIRST.length];
  const second = SECOND[Math.floor(mixed / FIRST.length)];
  const third = thirdSyllable(Math.floor(number / (FIRST.length * SECOND.length)));
  const trade = INDUSTRIES[industry];
  return `${first[0]}${second[0]}${third[0]}${trade.chinese} ${first[1]}${second[1]}${third[1]} ${trade.english}`;
}
