import type { ReactNode } from 'react';

type Props = {
  readonly name: string;
  readonly keys: string;
  /** Why it can do nothing now; the button keeps its place and says so. */
  readonly blocked?: string | undefined;
  readonly onPress: () => void;
  readonly className?: string;
  readonly children: ReactNode;
};

const KEY_FACES: ReadonlyMap<string, string> = new Map([
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
]);

export function TransportButton({ name, keys, blocked, onPress, className = '', children }: Props) {
  return (
    <button
      type="button"
      className={`press ${className}`}
      aria-label={name}
      aria-disabled={blocked !== undefined}
      aria-keyshortcuts={keys}
      aria-description={blocked}
      title={blocked === undefined ? `${name} (${KEY_FACES.get(keys) ?? keys})` : `${name}: ${blocked}`}
      onClick={blocked === undefined ? onPress : undefined}
    >
      {children}
    </button>
  );
}
