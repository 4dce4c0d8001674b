/** Cells that begin like this are formulas for spreadsheets, also behind white space. */
const FORMULA = /^\s*[=+\-@|%]|^[\t\r\n]/;

/**
 * Formats rows as CSV (RFC 4180). Reports are other people's text: a cell that a spreadsheet would run as a formula gets an
 * apostrophe in front.
 */
export function toCsv(rows: Array<Array<string | number | undefined>>): string {
  return rows
    .map(row => row.map(cell => csvCell(cell)).join(','))
    .map(line => `${line}\r\n`)
    .join('');
}

function csvCell(cell: string | number | undefined): string {
  if (typeof cell !== 'string') {
    return cell === undefined ? '' : String(cell);
  }
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}

/** Saves a text as a file of the person's computer. */
export function saveCsv(name: string, csv: string): void {
  // With a byte order mark, since Excel takes a file without one for another encoding.
  const url = URL.createObjectURL(
    new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
