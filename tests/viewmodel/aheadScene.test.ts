// What the next step will change, as marks: around what is drawn, in its name, and in the tables.
import { describe, expect, test } from 'vitest';
import { plain } from '../../src/explain/parts.ts';
import { momentSince, runToEnd } from '../../src/sim/run.ts';
import { aheadScene, aheadTitle, withAhead } from '../../src/viewmodel/aheadScene.ts';
import { momentTables } from '../../src/viewmodel/momentTables.ts';
import { stageScene } from '../../src/viewmodel/stageScene.ts';
import { tableAhead } from '../../src/viewmodel/tables.ts';
import { READ_MR } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

const ran = runText(READ_MR);
const { program, outline } = ran;
const at = ran.endOf(2);
const shown = { program, outline, moment: ran.momentAt(at) };
const scene = aheadScene(program, momentSince(runToEnd(program).run, at, ran.endOf(3)));

describe('before the store that breaks the COW', () => {
  test('the list, in the future, each row leads to its object', () => {
    expect(scene.rows.map(({ line }) => plain(line))).toEqual([
      'A[1] will move from block 1 to block 4, tag X',
      'm[1] will map block 4, writable',
      'Block 1 will have one owner left: B[1]',
    ]);
    expect(scene.rows[0]?.line[0]).toEqual({ text: 'A[1]', ref: { type: 'extent', inode: 0, index: 1 } });
    expect(scene.more).toBe(0);
  });

  test('the stage: a frame around each, said in its name, nothing else touched', () => {
    const stage = stageScene(program, outline, shown.moment, { width: 1000, height: 600, k: 1 });
    const marked = withAhead(stage, scene.keys);
    expect(marked.ahead?.map(({ key }) => key).sort()).toEqual(['block:1', 'block:4', 'extent:0:1', 'pte:0:1']);
    const said = [...marked.cells, ...marked.slots, ...marked.boxes].filter(({ name }) => name.endsWith(', changes next')); // prettier-ignore
    expect(said.map(({ key }) => key).sort()).toEqual(['block:1', 'block:4', 'extent:0:1', 'pte:0:1']);
    expect(withAhead(stage, undefined)).toBe(stage);
    for (const { x, y, w, h } of marked.ahead ?? []) {
      expect(x >= 0 && y >= 0 && x + w <= stage.width && y + h <= stage.height).toBe(true);
    }
  });

  test('the tables: a word with the name', () => {
    const marked = momentTables(shown).map((table) => tableAhead(table, scene.keys));
    const next = marked.flatMap(({ rows }) => rows.flatMap(({ head }) => (head.next === true ? [head.text] : [])));
    expect(next).toEqual(expect.arrayContaining(['block 1', 'block 4', 'A[1]', 'm[1], read-only']));
    expect(next).not.toContain('block 0');
  });

  test('the heading says until when; at the end there is none', () => {
    expect(aheadTitle(shown, 'step')).toBe('Will change with the next step');
    expect(aheadTitle(shown, 'micro')).toBe('Will change with the next micro-step');
    expect(aheadTitle({ outline, moment: ran.momentAt(at + 3) }, 'step')).toBe('Will change until this step ends');
    expect(aheadTitle({ outline, moment: ran.momentAt(outline.length) }, 'step')).toBeUndefined();
  });
});
