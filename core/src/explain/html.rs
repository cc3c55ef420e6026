//! A page as one HTML document that needs nothing else: no scripts, no files, fit for print.

use super::catalogue::{Catalogue, Direction};
use super::page::{Block, Item, Page, Section};
use crate::decision::Effect;

const STYLE: &str = include_str!("page.css");

/// The page as a document. It is also well-formed XML.
pub(super) fn page(page: &Page, catalogue: &Catalogue) -> String {
    let direction = match catalogue.direction {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    };
    let language = escape(&catalogue.language);
    let title = escape(&page.title);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n\
         <meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for section in &page.sections {
        write_section(section, &mut html);
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn write_section(section: &Section, html: &mut String) {
    html.push_str("<section>\n");
    if let Some(heading) = &section.heading {
        html.push_str(&format!("<h2>{}</h2>\n", escape(heading)));
    }
    for block in &section.blocks {
        match block {
            Block::Text(sentence) => html.push_str(&format!("<p>{}</p>\n", escape(sentence))),
            Block::Pairs(pairs) => {
                html.push_str("<dl>\n");
                for pair in pairs {
                    let (label, value) = (escape(&pair.label), escape(&pair.value));
                    html.push_str(&format!("<dt>{label}</dt><dd>{value}</dd>\n"));
                }
                html.push_str("</dl>\n");
            }
            Block::Sum {
                caption,
                rows,
                total,
            } => {
                let row = |(label, amount): &(String, String)| {
                    let (label, amount) = (escape(label), escape(amount));
                    format!("<tr><th scope=\"row\">{label}</th><td>{amount}</td></tr>\n")
                };
                let rows: String = rows.iter().map(row).collect();
                html.push_str("<table>\n");
                if let Some(caption) = caption {
                    html.push_str(&format!("<caption>{}</caption>\n", escape(caption)));
                }
                html.push_str(&format!(
                    "<tbody>\n{rows}</tbody>\n<tfoot>\n{}</tfoot>\n</table>\n",
                    row(total)
                ));
            }
            Block::List { caption, items } => {
                if let Some(caption) = caption {
                    html.push_str(&format!("<h3>{}</h3>\n", escape(caption)));
                }
                write_items(items, html);
            }
        }
    }
    html.push_str("</section>\n");
}

fn write_items(items: &[Item], html: &mut String) {
    html.push_str("<ul>\n");
    for item in items {
        let class = match item.effect {
            Some(Effect::Rejects) => " class=\"rejects\"",
            Some(Effect::Reduces) => " class=\"reduces\"",
            Some(Effect::Informs) | None => "",
        };
        html.push_str(&format!("<li{class}>{}", escape(&item.text)));
        if !item.items.is_empty() {
            html.push('\n');
            write_items(&item.items, html);
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}

/// Text that is safe between tags and inside quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
