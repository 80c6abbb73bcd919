/**
 * Solves `matrix * x = right` by Gaussian elimination with row pivoting; for the few unknowns of a formula.
 * @param matrix rows
 * @throws RangeError when there is not exactly one solution
 */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? NaN]);
  for (let column = 0; column < rows.length; column++) {
    movePivotUp(rows, column);
    for (let below = column + 1; below < rows.length; below++) eliminate(rows, column, below);
  }
  return substituteBack(rows);
}

function movePivotUp(rows: number[][], column: number): void {
  const size = (index: number): number => Math.abs(rows[index]?.[column] ?? 0);
  let pivot = column;
  for (let index = column + 1; index < rows.length; index++) if (size(index) > size(pivot)) pivot = index;
  if (!(size(pivot) > 0)) throw new RangeError('These equations do not have exactly one solution.');
  const [upper, lower] = [rows[column] ?? [], rows[pivot] ?? []];
  rows[column] = lower;
  rows[pivot] = upper;
}

function eliminate(rows: number[][], column: number, below: number): void {
  const pivotRow = rows[column] ?? [];
  const factor = (rows[below]?.[column] ?? 0) / (pivotRow[column] ?? NaN);
  rows[below] = (rows[below] ?? []).map((value, index) => value - factor * (pivotRow[index] ?? 0));
}

function substituteBack(rows: readonly (readonly number[])[]): number[] {
  const solution = new Array<number>(rows.length).fill(0);
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index] ?? [];
    const known = solution.reduce((sum, value, other) => sum + (row[other] ?? 0) * value, 0);
    solution[index] = ((row[rows.length] ?? NaN) - known) / (row[index] ?? NaN);
  }
  return solution;
}
