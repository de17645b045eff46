import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, type Address } from '../../src/store/address.ts';

describe('the address', () => {
  test.each<[Address, string]>([
    [{}, '#'],
    [{ scenario: '01-read-mr' }, '#s=01-read-mr'],
    [{ scenario: 'own:k3j9x2', at: 4 }, '#s=own:k3j9x2&at=4'],
    [{ scenario: 'a', preset: 'static-fs', kernel: '6.12', at: 12 }, '#s=a&o=static-fs&k=6.12&at=12'],
  ])('%o is %s and back', (address, hash) => {
    expect(formatAddress(address)).toBe(hash);
    expect(parseAddress(hash)).toEqual(address);
  });

  test('the beginning needs no position', () => {
    expect(formatAddress({ scenario: 'a', at: 0 })).toBe('#s=a');
  });

  test.each([
    '#s=../../etc/passwd',
    '#s=<script>alert(1)</script>',
    '#s=%00',
    `#s=${'a'.repeat(101)}`,
    `#s=a${'&x=1'.repeat(200)}`,
    '#o=lease-nothing',
    '#o=__proto__',
    '#k=5.4',
    '#s=own:',
    '#s=own:../x',
    '#s=own:ABCDEF',
    '#at=-1',
    '#at=1e99',
    '#at=99999999999',
    '#at=NaN',
    '#%E0%A4%A',
    '#&&&==&',
  ])('%s says nothing', (hash) => {
    expect(parseAddress(hash)).toEqual({});
  });
});
