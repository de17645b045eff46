/** `npm run -s conformance -- DIR [--json]`: the process around `conformanceMain`. */
import { conformance } from './conformanceMain.ts';
import { openRecordings } from './recordingFiles.ts';

// The reader is gone (`| head`): nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit());

// Not process.exit: what is still in the pipe gets out first.
process.exitCode = conformance(process.argv.slice(2), {
  open: openRecordings,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
