import { describe, expect, it } from 'vitest';
import { MessageWriter, readDelimitedFields } from './protobuf.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the wire format', () => {
  // The examples of protobuf.dev/programming-guides/encoding.
  it.each<[string, MessageWriter, string]>([
    ['varint 150', new MessageWriter().int(1, 150), '089601'],
    ['varint -2', new MessageWriter().int(1, -2), '08feffffffffffffffff01'],
    ['string "testing"', new MessageWriter().string(2, 'testing'), '120774657374696e67'],
    ['submessage', new MessageWriter().message(3, new MessageWriter().int(1, 150)), '1a03089601'],
    ['float 1.5 (IEEE 754: 3fc00000)', new MessageWriter().float(2, 1.5), '150000c03f'],
    ['field number above 15', new MessageWriter().int(20, 1), 'a00101'],
  ])('writes %s', (_, message, expected) => {
    expect(hex(message.finish())).toBe(expected);
  });

  it('reads delimited fields between others', () => {
    const bytes = new MessageWriter().int(1, 300).string(2, 'a').float(3, 1).string(14, 'bc').finish();
    const found = readDelimitedFields(bytes)?.map(({ field, value }) => [field, new TextDecoder().decode(value)]);
    expect(found).toEqual([
      [2, 'a'],
      [14, 'bc'],
    ]);
  });

  it.each([
    ['a field longer than the message', '1205'],
    ['a varint without end', '0896'],
    ['an unknown wire type', '0b'],
  ])('does not take %s for a message', (_, bytes) => {
    expect(readDelimitedFields(Uint8Array.from(Buffer.from(bytes, 'hex')))).toBeNull();
  });
});
