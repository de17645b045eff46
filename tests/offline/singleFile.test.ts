import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { policyOf } from '../../src/offline/singleFile.ts';

test('the policy of the one file allows its own scripts by their hashes, and no request at all', () => {
  const scripts = ['console.log(1)', 'let a = "<b>";\n'];
  const html = `<head><script type="module" crossorigin>${scripts[0]}</script></head><script>${scripts[1]}</script>`;
  const policy = policyOf(html);
  for (const script of scripts)
    expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-eval|connect-src|script-src[^;]*unsafe-inline|https?:|\*/);
});
