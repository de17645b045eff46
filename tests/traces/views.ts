// Writes the tables of the recordings that bundled scenarios name: npx tsx tests/traces/views.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordingNamedIn, recordingPath, viewRecording } from '../../src/conformance/recordingView.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { recordingNamed } from '../support/recordingPack.ts';

for (const { text } of bundledTexts()) {
  const loaded = loadScenario(text);
  const found = loaded.ok ? recordingNamedIn(loaded.value.program.about) : undefined;
  if (found === undefined) continue;
  const path = join(import.meta.dirname, '../../public', recordingPath(found));
  mkdirSync(dirname(path), { recursive: true });
  const view = viewRecording(recordingNamed(`${found.kernel} ${found.env} ${found.id}`));
  writeFileSync(path, `${JSON.stringify(view)}\n`);
}
