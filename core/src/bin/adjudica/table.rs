//! Tables for people.

use std::ops::Range;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Row, Table, TableStyle};

/// A rule above, below, and under the header.
const RULES: TableStyle = TableStyle::new()
    .top_border(RULE)
    .header_separator(RULE)
    .bottom_border(RULE);
const RULE: LineStyle = LineStyle::none().fill('─').junction('─');

/// An empty table, as wide as the terminal at most.
pub fn table(header: impl Into<Row>) -> Table {
    let mut table = Table::new();
    table
        .load_style(RULES)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header);
    if let Some((width, _)) = terminal_size::terminal_size() {
        table.set_width(width.0);
    }
    table
}

/// Puts numbers to the right, from a column on.
pub fn numbers_from(table: &mut Table, column: usize) {
    numbers_in(table, column..usize::MAX);
}

/// Puts numbers to the right in some columns.
pub fn numbers_in(table: &mut Table, columns: Range<usize>) {
    for (position, column) in table.column_iter_mut().enumerate() {
        if columns.contains(&position) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}
