const UNITS = ['B', 'KB', 'MB', 'GB'];

/** "58 KB", "1.2 MB"; "size unknown" for null. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return 'size unknown';
  const step = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  const value = bytes / 1024 ** step;
  return `${value >= 10 || step === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}
