import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.js';

const FREE = { commission: 0, stampDuty: 0, transferFee: 0, spread: 0, impact: 0, total: 0 };

describe('settlement', () => {
  it('shares bought before a split and not settled yet grow with it, and are no more for sale than before', () => {
    const ledger = new Ledger(['A', 'B'], 1000, 2);
    ledger.beginSession(1);
    ledger.buy(1, 0, 10, 10, FREE);
    expect(ledger.settledShares(0, 2)).toBe(0);
    ledger.beginSession(2);
    ledger.scale(0, 2, 5, true);
    expect(ledger.shares[0]).toBe(20);
    expect(ledger.settledShares(0, 2)).toBe(0);
    // Of a purchase after the split nothing is scaled.
    ledger.buy(2, 0, 4, 5, FREE);
    ledger.beginSession(3);
    expect(ledger.settledShares(0, 2)).toBe(20);
    ledger.beginSession(4);
    expect(ledger.settledShares(0, 2)).toBe(24);
    expect(ledger.settledShares(1, 2)).toBe(0);
  });
});
