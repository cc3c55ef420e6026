//! Comparing a document with what a case expects of it: only what is written is compared.

use serde_json::{Map, Value};

/// One place where a document is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, such as `lines[0].amounts.payable`; empty for the whole document.
    pub path: String,
    /// What was expected.
    pub expected: Value,
    /// What is there; `None` if nothing is.
    pub actual: Option<Value>,
}

/// Every place where `actual` is not as `expected` says.
///
/// Fields of an object that `expected` does not name are not compared. Arrays must have the same
/// length and are compared element by element.
#[must_use]
pub fn differences(expected: &Value, actual: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(expected, Some(actual), &mut String::new(), &mut found);
    found
}

fn compare(
    expected: &Value,
    actual: Option<&Value>,
    path: &mut String,
    found: &mut Vec<Difference>,
) {
    let length = path.len();
    match (expected, actual) {
        (Value::Object(fields), Some(Value::Object(present))) => {
            for (name, value) in fields {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                compare(value, present.get(name), path, found);
                path.truncate(length);
            }
        }
        (Value::Array(values), Some(Value::Array(present))) if values.len() == present.len() => {
            for (index, (value, actual)) in values.iter().zip(present).enumerate() {
                path.push_str(&format!("[{index}]"));
                compare(value, Some(actual), path, found);
                path.truncate(length);
            }
        }
        (expected, Some(actual)) if expected == actual => {}
        (expected, actual) => found.push(Difference {
            path: path.clone(),
            expected: expected.clone(),
            actual: actual.cloned(),
        }),
    }
}

/// `actual` reduced to what `expected` names, to show the two side by side. Elements of an array
/// beyond the expected ones stay whole.
#[must_use]
pub fn reduced(expected: &Value, actual: &Value) -> Value {
    match (expected, actual) {
        (Value::Object(fields), Value::Object(present)) => {
            let named = fields.iter().filter_map(|(name, value)| {
                let actual = present.get(name)?;
                Some((name.clone(), reduced(value, actual)))
            });
            Value::Object(named.collect::<Map<_, _>>())
        }
        (Value::Array(values), Value::Array(present)) => {
            let kept = present.iter().enumerate().map(|(index, actual)| {
                values
                    .get(index)
                    .map_or_else(|| actual.clone(), |value| reduced(value, actual))
            });
            Value::Array(kept.collect())
        }
        (_, actual) => actual.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_named_fields_are_compared() {
        let actual = json!({"a": "1.00", "b": [{"c": 1, "d": 2}, {"c": 3}], "e": {"f": null}});
        for expected in [
            json!({}),
            json!({"a": "1.00"}),
            json!({"b": [{}, {"c": 3}]}),
            json!({"e": {"f": null}}),
        ] {
            assert_eq!(differences(&expected, &actual), [], "{expected}");
        }
    }

    #[test]
    fn every_difference_has_its_path() {
        let expected = json!({"a": "1", "b": [{"c": 1}, {"c": 4, "x": null}], "n": 1, "o": {}});
        let actual = json!({"a": "1.00", "b": [{"c": 1}, {"c": 3}], "o": []});
        let paths: Vec<_> = differences(&expected, &actual)
            .into_iter()
            .map(|d| (d.path, d.actual))
            .collect();
        assert_eq!(
            paths,
            [
                ("a".to_owned(), Some(json!("1.00"))),
                ("b[1].c".to_owned(), Some(json!(3))),
                ("b[1].x".to_owned(), None),
                ("n".to_owned(), None),
                ("o".to_owned(), Some(json!([]))),
            ]
        );
    }

    #[test]
    fn arrays_must_have_the_expected_length() {
        let found = differences(&json!({"b": [1]}), &json!({"b": [1, 2]}));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "b");
    }

    #[test]
    fn reducing_keeps_what_was_asked_about_and_what_is_too_much() {
        let expected = json!({"b": [{"c": 1}], "n": 1});
        let actual = json!({"a": 1, "b": [{"c": 2, "d": 3}, {"c": 4, "d": 5}]});
        assert_eq!(
            reduced(&expected, &actual),
            json!({"b": [{"c": 2}, {"c": 4, "d": 5}]})
        );
    }
}
