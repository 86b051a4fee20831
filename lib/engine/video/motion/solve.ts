/**
 * Solves the symmetric positive definite system `matrix` x = `vector` (Cholesky); null when it is not one. `matrix` is n x n,
 * row by row; both are left as they are.
 */
export function solve(matrix: Float64Array, vector: Float64Array): Float64Array | null {
  const n = vector.length;
  const lower = new Float64Array(n * n);
  const entry = (values: Float64Array, row: number, column: number): number => values[row * n + column] ?? 0;
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = entry(matrix, row, column);
      for (let k = 0; k < column; k += 1) sum -= entry(lower, row, k) * entry(lower, column, k);
      if (row === column && !(sum > 0)) return null;
      lower[row * n + column] = row === column ? Math.sqrt(sum) : sum / entry(lower, column, column);
    }
  }
  const result = Float64Array.from(vector);
  for (let row = 0; row < n; row += 1) {
    for (let k = 0; k < row; k += 1) result[row] = (result[row] ?? 0) - entry(lower, row, k) * (result[k] ?? 0);
    result[row] = (result[row] ?? 0) / entry(lower, row, row);
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < n; k += 1) result[row] = (result[row] ?? 0) - entry(lower, k, row) * (result[k] ?? 0);
    result[row] = (result[row] ?? 0) / entry(lower, row, row);
  }
  return result;
}
