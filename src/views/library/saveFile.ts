import { fileToSave } from '../../store/workshop.ts';
import { download } from '../shared/download.ts';

/** The open text, downloaded. */
export function saveFile(): void {
  const { name, text } = fileToSave();
  download(name, text);
}
