/** One event that news tell of, in both languages, with the words that give its sentiment. */
export interface NewsEvent {
  readonly chinese: string;
  readonly english: string;
}

/** What happened; the sentiment of each lies in its words alone. */
export const GOOD_EVENTS: readonly NewsEvent[] = [
  { chinese: '业绩大幅增长', english: 'reports strong growth in earnings' },
  { chinese: '中标重大项目', english: 'wins a major contract' },
  { chinese: '季度盈利创新高', english: 'posts record profit for the quarter' },
  { chinese: '获机构上调评级', english: 'receives an upgrade from analysts' },
  { chinese: '新产品取得突破', english: 'announces a breakthrough in a new product' },
  { chinese: '推出股份回购计划', english: 'launches a share buyback' },
];

export const BAD_EVENTS: readonly NewsEvent[] = [
  { chinese: '业绩明显下滑', english: 'reports a decline in earnings' },
  { chinese: '因信息披露违规被处罚', english: 'faces a penalty for its disclosures' },
  { chinese: '季度出现亏损', english: 'posts a loss for the quarter' },
  { chinese: '遭机构下调评级', english: 'suffers a downgrade from analysts' },
  { chinese: '卷入合同诉讼', english: 'is drawn into a lawsuit over a contract' },
  { chinese: '股东披露减持计划', english: 'discloses a planned selldown by a shareholder' },
];

export const PLAIN_EVENTS: readonly NewsEvent[] = [
  { chinese: '召开股东大会', english: 'holds its general meeting' },
  { chinese: '发布定期公告', english: 'publishes a regular announcement' },
  { chinese: '变更办公地址', english: 'moves its offices' },
  { chinese: '接待投资者调研', english: 'receives investors on a visit' },
];

/** Words of sentiment in the titles; every good or bad event has one of its own side and none of the other. */
const GOOD_WORDS = ['增长', '中标', '创新高', '上调', '突破', '回购'] as const;
const BAD_WORDS = ['下滑', '处罚', '亏损', '下调', '诉讼', '减持'] as const;

/** (good − bad) ÷ (good + bad) over the words of a title, 0 where there are none. */
export function titleScore(title: string): number {
  const count = (words: readonly string[]) => words.filter((word) => title.includes(word)).length;
  const [good, bad] = [count(GOOD_WORDS), count(BAD_WORDS)];
  return good + bad === 0 ? 0 : (good - bad) / (good + bad);
}
