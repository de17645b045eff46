/** One page; a file owns it from above, a CPU maps it and a NIC pins it from below. */
export const Logo = () => (
  <svg className="logo" viewBox="0 0 22 22" aria-hidden="true">
    <rect x="2" y="8" width="18" height="6" fill="none" stroke="var(--ink)" strokeWidth="1.8" />
    <path d="M7 8V2" stroke="var(--file)" strokeWidth="2.4" />
    <path d="M7 14v6" stroke="var(--cpu)" strokeWidth="2.4" />
    <path d="M15 14v4" stroke="var(--dma)" strokeWidth="2.4" />
    <circle cx="15" cy="19" r="2.4" fill="var(--dma)" />
  </svg>
);
