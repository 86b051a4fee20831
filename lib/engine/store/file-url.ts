const PREFIX = '"url":"/v1/files/';

/** The name a file has in the API: `v_id_5_passport.jpg`, `v_face_5_selfie.jpg`. */
export function apiFileName(category: 'id' | 'face', verificationId: number, fileName: string): string {
  return `v_${category}_${verificationId}_${fileName}`;
}

/** The URL of a file without its origin, which is how records are kept. */
export function fileUrl(category: 'id' | 'face', verificationId: number, fileName: string): string {
  return `/v1/files/${encodeURIComponent(apiFileName(category, verificationId, fileName))}`;
}

/**
 * Puts the origin the caller used in front of every file URL of stored records. The text searched for cannot occur inside
 * a JSON string, where its quotes would be escaped.
 */
export function withOrigin(records: string, origin: string): string {
  return records.replaceAll(PREFIX, () => `"url":${JSON.stringify(`${origin}/v1/files/`).slice(0, -1)}`);
}

/** Splits a name made by `apiFileName`; null for anything else. */
export function parseApiFileName(name: string): { category: 'id' | 'face'; verificationId: number; fileName: string } | null {
  const [, category, digits, fileName] = /^v_(id|face)_([1-9]\d{0,14})_(.+)$/su.exec(name) ?? [];
  if (category === undefined || digits === undefined || fileName === undefined) return null;
  return { category: category === 'id' ? 'id' : 'face', verificationId: Number(digits), fileName };
}
