/** Drawings for buttons, 16 × 16, in the colour of their text. */
const SIZE = { viewBox: '0 0 16 16', 'aria-hidden': true, className: 'icon' } as const;

export const FirstIcon = () => (
  <svg {...SIZE}>
    <path d="M4 3v10M13 3L6 8l7 5z" fill="currentColor" stroke="currentColor" strokeWidth="1.6" />
  </svg>
);

export const BackIcon = () => (
  <svg {...SIZE}>
    <path d="M11 3L4 8l7 5z" fill="currentColor" />
  </svg>
);

export const PlayIcon = () => (
  <svg {...SIZE}>
    <path d="M4 2.5L13 8l-9 5.5z" fill="currentColor" />
  </svg>
);

export const PauseIcon = () => (
  <svg {...SIZE}>
    <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" />
  </svg>
);

export const ForwardIcon = () => (
  <svg {...SIZE}>
    <path d="M5 3l7 5-7 5z" fill="currentColor" />
  </svg>
);

export const LastIcon = () => (
  <svg {...SIZE}>
    <path d="M12 3v10M3 3l7 5-7 5z" fill="currentColor" stroke="currentColor" strokeWidth="1.6" />
  </svg>
);

/** An octagon with an arrow out of it: on to the next broken property. */
export const NextViolationIcon = () => (
  <svg viewBox="0 0 22 16" aria-hidden="true" className="icon wide">
    <path
      d="M4.7 2.5h4.6l3.2 3.2v4.6l-3.2 3.2H4.7L1.5 10.3V5.7z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinejoin="round"
    />
    <path d="M15 4l5.5 4-5.5 4z" fill="currentColor" />
  </svg>
);

export const DownIcon = () => (
  <svg viewBox="0 0 10 6" aria-hidden="true" className="chevron">
    <path d="M1 .5h8L5 5.5z" fill="currentColor" />
  </svg>
);

export const MoreIcon = () => (
  <svg {...SIZE}>
    <path d="M3 8h.01M8 8h.01M13 8h.01" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
  </svg>
);

export const CheckIcon = () => (
  <svg {...SIZE}>
    <path d="M3 8.5l3.2 3.2L13 4.8" fill="none" stroke="currentColor" strokeWidth="2" />
  </svg>
);

export const CloseIcon = () => (
  <svg {...SIZE}>
    <path d="M3.5 3.5l9 9m0-9l-9 9" stroke="currentColor" strokeWidth="1.8" />
  </svg>
);

/** A disc, half of it filled; in high contrast with a ring around it. */
export const ThemeIcon = ({ theme }: { readonly theme: 'light' | 'dark' | 'hc' }) => (
  <svg {...SIZE}>
    <circle
      cx="8"
      cy="8"
      r="6"
      fill={theme === 'dark' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.6"
    />
    {theme === 'hc' && <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />}
    {theme === 'light' && <circle cx="8" cy="8" r="2.6" fill="currentColor" />}
  </svg>
);

/** An hourglass, 9 × 11, its corner at 0 0. */
export const HOURGLASS = 'M0 0h8.8M0 11h8.8M1.1 0l6.6 11M7.7 0L1.1 11';
