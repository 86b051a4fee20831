const LENGTH_MAX = 400;

/** Whether a text may name an evidence file: one path segment, nothing that could lead elsewhere. */
export function isBareFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name.length <= LENGTH_MAX && !/[\\/\p{Cc}\p{Cs}]/u.test(name);
}

/** The last segment of a file's url, decoded, whatever its origin; null when that is no bare name. Source: `files[].url`. */
export function fileNameOfUrl(url: string): string | null {
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  const segment = path.slice(path.lastIndexOf('/') + 1);
  try {
    const name = segment.includes('%') ? decodeURIComponent(segment) : segment;
    return isBareFileName(name) ? name : null;
  } catch {
    return null;
  }
}
