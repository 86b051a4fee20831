import { passOnWarnings } from './pdf-warnings';

passOnWarnings();
