// A console of its own to be killed: it begins an export of the population as the actor in its argument and goes on until it ends.
import { z } from 'zod';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { createExport } from '@/lib/export/create-export';

const id = z.uuid().parse(process.argv[2]);
const { done } = await createExport({ ...SYSTEM_ACTOR, id }, { kind: 'population', format: 'csv', query: '' }, console.error);
await done;
