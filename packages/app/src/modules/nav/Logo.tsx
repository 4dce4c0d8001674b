/** Three connected layers: model, platform, cluster. */
export function Logo(props: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden
      {...props}
    >
      <path d="M16 3 28 9.5 16 16 4 9.5Z" fill="currentColor" />
      <path d="M4 16l12 6.5L28 16" />
      <path d="M4 22.5 16 29l12-6.5" />
    </svg>
  );
}
