/** What can be done to cases on the screen of retention: erased by a rule, held, or let go. */
export type RetentionAct = 'RETENTION' | 'REQUEST' | 'hold' | 'lift';
