import type { WireSortField } from '@/lib/wire/list';

/** The column behind each field the API sorts by. Both `engine.verification` and `engine.verification_tag` have all of them. */
export const SORT_COLUMNS: Record<WireSortField, string> = {
  verificationId: 'verification_id',
  idFileName: 'id_file_name',
  idFileSize: 'id_file_size',
  idFileType: 'id_file_type',
  selfieFileName: 'selfie_file_name',
  selfieFileSize: 'selfie_file_size',
  selfieFileType: 'selfie_file_type',
  verified: 'verified',
  timestamp: '"timestamp"',
};
