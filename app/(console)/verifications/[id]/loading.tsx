export { CaseSkeleton as default } from '@/components/review/case-skeleton';
