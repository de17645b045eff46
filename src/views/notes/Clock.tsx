import { useEffect, useState } from 'react';

/** `7:05`, `1:02:03`. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds)}` : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
}

/** Since the presentation began: told at `heardAt`, and counted on from there. */
export function Clock({ elapsed, heardAt }: { readonly elapsed: number; readonly heardAt: number }) {
  const [now, setNow] = useState(heardAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="clock" role="timer" aria-label="Since the presentation began">
      {clockText(elapsed + Math.max(0, now - heardAt))}
    </p>
  );
}
