import { describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { closingInstant, knownDayOfNews, marketZone } from './session-clock.js';

const instant = (text: string) => Date.parse(text);

describe('the clock of a session', () => {
  it('closes at 15:00 in Shanghai and at 16:00 in New York, summer time or not', () => {
    expect(closingInstant('cn-a-share', parseDay('2023-01-03'))).toBe(instant('2023-01-03T07:00:00Z'));
    expect(closingInstant('us-equity', parseDay('2023-01-03'))).toBe(instant('2023-01-03T21:00:00Z'));
    expect(closingInstant('us-equity', parseDay('2023-07-03'))).toBe(instant('2023-07-03T20:00:00Z'));
    // Clocks go forward on 2023-03-12: the Friday before and the Monday after.
    expect(closingInstant('us-equity', parseDay('2023-03-10'))).toBe(instant('2023-03-10T21:00:00Z'));
    expect(closingInstant('us-equity', parseDay('2023-03-13'))).toBe(instant('2023-03-13T20:00:00Z'));
    expect(marketZone('cn-a-share')).toBe('Asia/Shanghai');
  });

  it('news up to the close is known that day, later news on the next', () => {
    const day = parseDay('2023-01-03');
    expect(knownDayOfNews('cn-a-share', instant('2023-01-03T07:00:00Z'))).toBe(day);
    expect(knownDayOfNews('cn-a-share', instant('2023-01-03T07:00:01Z'))).toBe(day + 1);
    // 01:00 of the third in Shanghai is still the second in London.
    expect(knownDayOfNews('cn-a-share', instant('2023-01-02T17:00:00Z'))).toBe(day);
    // In New York the evening of the third is the fourth in UTC.
    expect(knownDayOfNews('us-equity', instant('2023-01-04T02:00:00Z'))).toBe(day + 1);
    expect(knownDayOfNews('us-equity', instant('2023-01-03T20:59:59Z'))).toBe(day);
  });
});
