import { useRef } from 'react';
import type { Source } from '../../import/read.ts';
import { addFiles, PASTED, pastedOf, setImporting, setPasted } from '../../store/importing.ts';

/** What was given: the pasted text, to be changed, and the files. */
export function OutputsSection({ sources }: { readonly sources: readonly Source[] }) {
  const chooser = useRef<HTMLInputElement>(null);
  const files = sources.filter(({ name }) => name !== PASTED);
  const leave = (name: string): void => setImporting(sources.filter((source) => source.name !== name));
  return (
    <section>
      <h3>Outputs</h3>
      <textarea
        className="import-outputs"
        value={pastedOf(sources)}
        rows={8}
        spellCheck={false}
        wrap="off"
        aria-label="Outputs of the tools"
        placeholder={
          'Filesystem type is: 58465342\nFile size of /mnt/pmem/f1 is 32768 (8 blocks of 4096 bytes)\n ext: …'
        }
        onChange={({ target }) => setPasted(target.value)}
      />
      <p className="hint">In any mix and order, of several files and processes. Dropping files here does the same.</p>
      <div className="downloads">
        <button type="button" className="boxed" onClick={() => chooser.current?.click()}>
          Add files …
        </button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-label="Files with outputs"
          onChange={({ target }) => {
            void addFiles([...(target.files ?? [])]);
            target.value = '';
          }}
        />
        {sources.length > 0 && (
          <button type="button" className="boxed" onClick={() => setImporting([])}>
            Clear
          </button>
        )}
      </div>
      {files.length > 0 && (
        <ul className="import-files" aria-label="Files">
          {files.map(({ name, content }) => (
            <li key={name}>
              <span className="name">{name}</span>
              <span className="quiet">{sizeOf(content.length)}</span>
              <button type="button" className="boxed" aria-label={`Leave out ${name}`} onClick={() => leave(name)}>
                Leave out
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const sizeOf = (bytes: number): string => (bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024)} kB`);
