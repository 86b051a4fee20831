import { env } from '@/lib/env';
import { seedDemo } from './demo/submit';
import { plainSentence } from './plain-sentence';

// Fills an empty verification service with demo records; `up` runs this and shows what it sends.
try {
  const { VERIFICATION_API_URL: url, VERIFICATION_API_KEY: key } = env();
  if (url === undefined || key === undefined) throw new Error('Set VERIFICATION_API_URL and VERIFICATION_API_KEY.');
  await seedDemo({ url, key, onProgress: ({ done, total }) => process.send?.(`${done} of ${total}`) });
  process.exit(0);
} catch (error) {
  console.error(plainSentence(error));
  process.exit(1);
}
