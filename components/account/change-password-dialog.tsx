'use client';

import { DeskDialog } from '../desk/desk-dialog';
import { PasswordFields } from './password-fields';
import { usePasswordChange } from './use-password-change';

export interface ChangePasswordDialogProps {
  email: string;
  /** Called with a sentence once the password is changed. */
  onDone: (said: string) => void;
  onClose: () => void;
}

/** Changes one's own password. Other sessions end, this one stays. */
export default function ChangePasswordDialog({ email, onDone, onClose }: ChangePasswordDialogProps) {
  const { submit, busy, problem, ...fields } = usePasswordChange();
  const confirm = async () => {
    const ended = await submit();
    if (ended !== null) onDone(saidOf(ended));
  };
  return (
    <DeskDialog title="Change your password" action="Change password" {...{ busy, problem, onClose }} onConfirm={confirm}>
      <PasswordFields {...fields} {...{ email, problem }} />
      <p className="text-muted">Your sessions in other browsers end; this one stays.</p>
    </DeskDialog>
  );
}

function saidOf(ended: number): string {
  if (ended === 0) return 'Your password is changed.';
  return `Your password is changed. ${ended === 1 ? 'Your other session has' : `Your ${ended} other sessions have`} ended.`;
}
