import { fileToSave } from '../../store/workshop.ts';

/** The open text, downloaded. */
export function saveFile(): void {
  const { name, text } = fileToSave();
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not at once: the download begins after this.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
