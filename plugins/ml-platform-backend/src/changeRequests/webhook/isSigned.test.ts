import { createHmac } from 'node:crypto';
import { isSigned } from './isSigned';

const body = Buffer.from('{"number":1}');
const sign = (secret: string, text: Buffer = body) =>
  createHmac('sha256', secret).update(text).digest('hex');

describe('isSigned', () => {
  it('takes the signature of the body with the secret, and no other', () => {
    const right = sign('secret');
    expect(isSigned(body, right, 'secret')).toBe(true);
    for (const [signature, secret] of [
      [right, 'other'],
      [right, undefined],
      [right, ''],
      [sign(''), ''],
      [sign('secret', Buffer.from('{"number":2}')), 'secret'],
      [`sha256=${right}`, 'secret'],
      [right.toUpperCase(), 'secret'],
      [right.slice(1), 'secret'],
      [`${right}00`, 'secret'],
      ['', 'secret'],
      [undefined, 'secret'],
    ]) {
      expect(isSigned(body, signature, secret)).toBe(false);
    }
  });
});
