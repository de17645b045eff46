import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, type Address } from '../../src/store/address.ts';

describe('the address', () => {
  test.each<[Address, string]>([
    [{}, '#'],
    [{ scenario: '01-read-mr' }, '#s=01-read-mr'],
    [{ scenario: 'own:k3j9x2', at: 4 }, '#s=own:k3j9x2&at=4'],
    [{ scenario: 'a', preset: 'static-fs', kernel: '6.12', at: 12 }, '#s=a&o=static-fs&k=6.12&at=12'],
    [{ scenario: 'trace:12', at: 3 }, '#s=trace:12&at=3'],
    [{ scenario: 'a', at: 2, selected: 'mtt:0:1', grain: 'micro' }, '#s=a&at=2&sel=mtt:0:1&g=micro'],
    [{ scenario: 'a', hidden: ['file:0', 'map:2'], script: true }, '#s=a&hide=file:0,map:2&e=1'],
    [{ scenario: 'a', preset: 'wait', compare: 'seed pin.readonly=share' }, '#s=a&o=wait&c=seed+pin.readonly%3Dshare'],
    [{ scenario: 'a', room: true, talk: 'thread', slide: 3 }, '#s=a&room=1&talk=thread&slide=3'],
    [{ lab: 'default' }, '#lab=default'],
    [{ lab: 'own:k3j9x2', preset: 'wait', property: 'L1' }, '#lab=own:k3j9x2&o=wait&p=L1'],
  ])('%o is %s and back', (address, hash) => {
    expect(formatAddress(address)).toBe(hash);
    expect(parseAddress(hash)).toEqual(address);
  });

  test('a property that is none is left out of the lab, and what belongs to the player', () => {
    expect(parseAddress('#lab=default&o=nobody&p=S99&s=a&at=7')).toEqual({ lab: 'default' });
    expect(parseAddress('#lab=default&o=wait&p=__proto__')).toEqual({ lab: 'default', preset: 'wait' });
  });

  test('the beginning needs no position', () => {
    expect(formatAddress({ scenario: 'a', at: 0 })).toBe('#s=a');
  });

  test.each([
    '#s=../../etc/passwd',
    '#s=<script>alert(1)</script>',
    '#s=%00',
    `#s=${'a'.repeat(101)}`,
    `#s=a${'&x=1'.repeat(400)}`,
    '#o=lease-nothing',
    '#sel=<b>',
    '#sel=mtt:0:1:2:3:4',
    '#hide=,,,<i>',
    '#c=<b>',
    '#c=wait%0Apin.longterm=allow',
    '#talk=../x&slide=1',
    '#slide=3',
    '#room=yes',
    '#o=__proto__',
    '#k=5.4',
    '#s=own:',
    '#s=own:../x',
    '#s=own:ABCDEF',
    '#s=trace:',
    '#s=trace:1e9',
    '#s=trace:12345678',
    '#lab=',
    '#lab=../worlds/default',
    '#lab=<b>',
    `#lab=${'a'.repeat(101)}`,
    '#p=S1',
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
