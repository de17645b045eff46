// Packs a folder of recordings: npx tsx tests/traces/pack.ts FOLDER. What it makes is what the tests read.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packLines } from '../support/recordingPack.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: npx tsx tests/traces/pack.ts FOLDER');
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json');
const sources = files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
writeFileSync(join(import.meta.dirname, 'recordings.jsonl.gz'), gzipSync(packLines(sources), { level: 9 }));
writeFileSync(join(import.meta.dirname, 'RECORDINGS.md'), readFileSync(join(folder, 'README.md')));
