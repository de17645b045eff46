import { useEffect, useState } from 'react';
import './drop.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** The whole page takes files; while some are held over it, it says so. Before anything nearer takes them for text. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      void open([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver, true);
    window.addEventListener('dragleave', onLeave, true);
    window.addEventListener('drop', onDrop, true);
    return () => {
      window.removeEventListener('dragover', onOver, true);
      window.removeEventListener('dragleave', onLeave, true);
      window.removeEventListener('drop', onDrop, true);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="drop-veil" role="status">
      <p>
        Drop .dax files to open them, .talk files to present them, a mail with a link or a copied state, or outputs of a
        real machine to import
      </p>
    </div>
  );
}

const isTalk = ({ name }: File): boolean => /\.talk$/i.test(name);

async function open(dropped: readonly File[]): Promise<void> {
  const talks = dropped.filter(isTalk);
  if (talks.length > 0) await (await import('../../store/room.ts')).openTalks(talks);
  const { importFiles } = await import('../../store/importing.ts');
  const files = await importFiles(dropped.filter((file) => !isTalk(file)));
  if (files.length === 0) return;
  const { openFiles } = await import('../../store/workshop.ts');
  await openFiles(files);
}
