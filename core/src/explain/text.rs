//! A page as plain text.

use super::page::{Block, Item, Page, Section};

/// The page as text that ends with a line break.
pub(super) fn page(page: &Page) -> String {
    let mut text = heading(&page.title, '=');
    for section in &page.sections {
        text.push('\n');
        write_section(section, &mut text);
    }
    text
}

fn heading(title: &str, line: char) -> String {
    let underline: String = title.chars().map(|_| line).collect();
    format!("{title}\n{underline}\n")
}

fn write_section(section: &Section, text: &mut String) {
    if let Some(title) = &section.heading {
        text.push_str(&heading(title, '-'));
    }
    for (position, block) in section.blocks.iter().enumerate() {
        if position > 0 {
            text.push('\n');
        }
        match block {
            Block::Text(sentence) => text.push_str(&format!("{sentence}\n")),
            Block::Pairs(pairs) => {
                for pair in pairs {
                    text.push_str(&format!("{}\n", pair.line));
                }
            }
            Block::Sum {
                caption,
                rows,
                total,
            } => {
                write_caption(caption.as_deref(), text);
                write_sum(rows, total, text);
            }
            Block::List { caption, items } => {
                write_caption(caption.as_deref(), text);
                write_items(items, 1, text);
            }
        }
    }
}

fn write_caption(caption: Option<&str>, text: &mut String) {
    if let Some(caption) = caption {
        text.push_str(&format!("{caption}\n"));
    }
}

fn write_sum(rows: &[(String, String)], total: &(String, String), text: &mut String) {
    let all = || rows.iter().chain(std::iter::once(total));
    let widest = |width: &dyn Fn(&(String, String)) -> usize| all().map(width).max().unwrap_or(0);
    let labels = widest(&|(label, _)| label.chars().count());
    let amounts = widest(&|(_, amount)| amount.chars().count());
    for (label, amount) in rows {
        text.push_str(&format!("  {label:labels$}  {amount:>amounts$}\n"));
    }
    text.push_str(&format!("  {:labels$}  {:->amounts$}\n", "", ""));
    let (label, amount) = total;
    text.push_str(&format!("  {label:labels$}  {amount:>amounts$}\n"));
}

fn write_items(items: &[Item], depth: usize, text: &mut String) {
    for item in items {
        text.push_str(&format!(
            "{:width$}- {}\n",
            "",
            item.text,
            width = depth * 2
        ));
        write_items(&item.items, depth + 1, text);
    }
}
