import { expect, test } from 'vitest';
import { markdownOf } from '../../src/io/markdown.ts';
import { shareMarkdown } from '../../src/io/shareText.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { runText } from '../support/runText.ts';

const LINK = 'https://daxpin.example/#v=1&s=a&z=AAAAAA';

test('the READ MR case, where it broke', () => {
  const { program, outline, momentAt } = runText(bundledTexts()[0]?.text ?? '');
  expect(shareMarkdown({ program, outline, moment: momentAt(38) }, LINK)).toBe(
    `[A READ MR goes stale when its own process breaks the COW](${LINK}), option \`wait\`, kernel 7.0

Step 4 of 5: \`peer rdma_read mr 1\`. peer reads b through mr[1] from block 1, which is B[1]; A[1] is block 4 since step 3 and holds X.

Violated: **S5b** A remote read returns stale data; **S2** A pin reaches another file's block
`,
  );
});

test('somebody’s title formats nothing, links nowhere else, and stays on its line', () => {
  const text = markdownOf({
    title: 'x](http://evil) [y] *b* <img src=x> `c`\n# h',
    option: 'wait`',
    kernel: '7.0',
    place: 'Start, 2 steps',
    line: '',
    sentence: 'mr[1] and [z](http://evil) | _i_',
    violated: [],
    link: LINK,
  });
  expect(text).toBe(
    `[x\\](http://evil) \\[y\\] \\*b\\* \\<img src=x\\> \\\`c\\\` \\# h](${LINK}), option \`wait'\`, kernel 7.0

Start, 2 steps. mr[1] and [z\\](http://evil) \\| \\_i\\_
`,
  );
});
