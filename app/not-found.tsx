import type { Metadata } from 'next';
import { DeadEnd } from '@/components/shell/dead-end';
import { buttonClass } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <DeadEnd
        title="There is nothing here"
        actions={
          <a href="/verifications" className={buttonClass('primary')}>
            All verifications
          </a>
        }
      >
        <p>The address is wrong, or what it named is gone.</p>
      </DeadEnd>
    </main>
  );
}
