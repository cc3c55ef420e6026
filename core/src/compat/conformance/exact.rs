//! Column by column, nothing left out: what a replay stores and what was recorded.

use rust_decimal::Decimal;
use serde_json::Value;

use super::compare::Difference;
use crate::compat::columns::OpenImisColumns;

/// The columns in which two rows differ at all. Only how many zeros a number is written with does
/// not count.
#[must_use]
pub fn exactly(ours: &OpenImisColumns, theirs: &OpenImisColumns) -> Vec<Difference> {
    if ours == theirs {
        return Vec::new();
    }
    let mut found = Vec::new();
    match (serde_json::to_value(ours), serde_json::to_value(theirs)) {
        (Ok(ours), Ok(theirs)) => walk("", &ours, &theirs, &mut found),
        (Err(error), _) | (_, Err(error)) => {
            found.push(different("columns", &error.to_string(), ""))
        }
    }
    found
}

fn different(path: &str, ours: &str, theirs: &str) -> Difference {
    Difference {
        path: path.to_owned(),
        ours: ours.to_owned(),
        theirs: theirs.to_owned(),
    }
}

fn walk(path: &str, ours: &Value, theirs: &Value, found: &mut Vec<Difference>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let more = b.keys().filter(|name| !a.contains_key(*name));
            for name in a.keys().chain(more) {
                let at = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                let of = |side: &serde_json::Map<String, Value>| {
                    side.get(name).cloned().unwrap_or_default()
                };
                walk(&at, &of(a), &of(b), found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            let length = a.len().max(b.len());
            let of = |side: &[Value], at: usize| side.get(at).cloned().unwrap_or_default();
            for at in 0..length {
                walk(&format!("{path}[{at}]"), &of(a, at), &of(b, at), found);
            }
        }
        _ => {
            let (ours, theirs) = (written(ours), written(theirs));
            if ours != theirs {
                found.push(different(path, &ours, &theirs));
            }
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::String(text) => match text.parse::<Decimal>() {
            Ok(number) if text.contains('.') => number.normalize().to_string(),
            _ => text.clone(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compat::Number;

    #[test]
    fn zeros_do_not_count_and_everything_else_does() {
        let number = |text: &str| Some(Number(text.parse().unwrap()));
        let mut ours = OpenImisColumns::default();
        ours.claim.approved = number("10.50");
        let mut theirs = ours.clone();
        theirs.claim.approved = number("10.5");
        assert_eq!(exactly(&ours, &theirs), []);
        theirs.claim.category = Some("V".to_owned());
        theirs.claim.approved = number("10.51");
        theirs.items.push(Default::default());
        let paths: Vec<String> = exactly(&ours, &theirs)
            .into_iter()
            .map(|d| d.path)
            .collect();
        assert_eq!(
            paths.iter().take(2).collect::<Vec<_>>(),
            ["claim.approved", "claim.category"]
        );
        assert!(paths.iter().any(|path| path.starts_with("items[0]")));
    }
}
