const IV_BYTES = 12;

/** Seals a text under its name with AES-256-GCM: under another name it cannot be opened. */
export async function seal(key: CryptoKey, name: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(parameters(iv, name), key, new TextEncoder().encode(text));
  return base64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/** Opens a sealed text. Throws unless it was sealed with this key under this name and is unchanged. */
export async function unseal(key: CryptoKey, name: string, sealed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(sealed), (char) => char.charCodeAt(0));
  const opened = await crypto.subtle.decrypt(parameters(bytes.subarray(0, IV_BYTES), name), key, bytes.subarray(IV_BYTES));
  return new TextDecoder().decode(opened);
}

const parameters = (iv: Uint8Array<ArrayBuffer>, name: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
});

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
