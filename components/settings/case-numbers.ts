/** The different whole numbers in what somebody typed or pasted: parted by anything, addresses of cases included. */
export function caseNumbers(text: string): number[] {
  const numbers = text.match(/\d{1,16}/g)?.map(Number) ?? [];
  return [...new Set(numbers.filter(Number.isSafeInteger))];
}
