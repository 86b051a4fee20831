import { z } from 'zod';

/** A second person's verdict as stored, or as an answer remembered it. */
export const storedApproval = z.object({
  decisionId: z.string(),
  agrees: z.boolean(),
  comment: z.string(),
  approverId: z.string(),
  approverName: z.string(),
  approvedAt: z.union([z.date().transform((date) => date.getTime()), z.number()]),
  unchecked: z.array(z.enum(['id', 'face'])).default([]),
});
