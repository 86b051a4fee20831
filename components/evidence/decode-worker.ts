// Takes one picture as a Blob and answers with its bitmap, or with a sentence when it cannot be decoded.
self.addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  try {
    const bitmap = await createImageBitmap(data, { imageOrientation: 'from-image' });
    self.postMessage(bitmap, { transfer: [bitmap] });
  } catch (error) {
    self.postMessage(error instanceof Error ? error.message : 'The picture cannot be decoded.');
  }
});
