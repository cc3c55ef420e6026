//! What must hold on every page: sums, facts told once, and HTML that nothing can break.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use adjudica::decision::{Reason, TraceLevel, TraceNode};
use adjudica::explain;
use adjudica::wire::{Format, read_scheme};
use adjudica::{Amount, Code, Decision, RuleSet};
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use super::{DEDUCTIBLE, UNCOVERED, WAITING, decide, language, rules};

/// Decisions on the requests of these tests and of every example scheme, with every trace.
fn corpus() -> Vec<(Decision, RuleSet)> {
    let mut inputs: Vec<(RuleSet, String)> = [DEDUCTIBLE, WAITING, UNCOVERED]
        .into_iter()
        .map(|request| (rules(), request.to_owned()))
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules-examples");
    for example in fs::read_dir(root).unwrap() {
        let path = example.unwrap().path();
        let Ok(scheme) = fs::read_to_string(path.join("scheme.yaml")) else {
            continue;
        };
        let rules = RuleSet::compile(read_scheme(&scheme, Format::Yaml).unwrap()).unwrap();
        for case in fs::read_dir(path.join("cases")).unwrap() {
            let case = fs::read_to_string(case.unwrap().path()).unwrap();
            let case: Value = serde_json::from_str(&case).unwrap();
            if case.get("expect").is_some() {
                inputs.push((rules.clone(), case.get("request").unwrap().to_string()));
            }
        }
    }
    assert!(inputs.len() > 50);
    let decide_all = |(rules, request): &(RuleSet, String)| {
        [TraceLevel::None, TraceLevel::Reasons, TraceLevel::Full]
            .map(|trace| (decide(rules, request, trace), rules.clone()))
    };
    inputs.iter().flat_map(decide_all).collect()
}

fn parse(html: &str) -> Document<'_> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(html, options).unwrap_or_else(|e| panic!("{e}\n{html}"))
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |node| node.has_tag_name(name))
}

fn amounts(node: Node<'_, '_>) -> Vec<i64> {
    let amount = |cell: Node<'_, '_>| {
        let text = cell.text().unwrap().replace(',', "");
        text.parse::<Amount>().unwrap().units_at(4).unwrap()
    };
    named(node, "td").map(amount).collect()
}

#[test]
fn sums_are_the_decisions_sums() {
    for (decision, rules) in corpus() {
        let html = explain::html(&decision, language("en"), rules.scheme());
        let page = parse(&html);
        let sums: Vec<(i64, i64)> = named(page.root(), "table")
            .map(|table| {
                let part = |name| {
                    amounts(named(table, name).next().unwrap())
                        .iter()
                        .sum::<i64>()
                };
                (part("tbody"), part("tfoot"))
            })
            .collect();
        let claimed = |amount: Amount| amount.units_at(4).unwrap();
        let total = claimed(decision.totals.amounts.claimed);
        let mut expected = vec![(total, total); 2];
        for line in &decision.lines {
            let asked = claimed(line.amounts.claimed);
            expected.push((asked, asked));
        }
        assert_eq!(sums, expected, "{html}");
        let shares = amounts(named(page.root(), "table").next().unwrap());
        let totals = &decision.totals;
        let stated = [
            totals.scheme_share,
            totals.patient_share,
            totals.facility_share,
        ];
        assert_eq!(shares.get(..3).unwrap(), stated.map(claimed));
    }
}

/// Who bears a part stands behind it in brackets: the rows of a bearer make up its share.
#[test]
fn parts_of_a_bearer_make_up_its_share() {
    for (decision, rules) in corpus() {
        let html = explain::html(&decision, language("en"), rules.scheme());
        let page = parse(&html);
        let parts = named(page.root(), "table").nth(1).unwrap();
        let rows: Vec<(String, i64)> = named(parts, "tr")
            .map(|row| {
                let label = named(row, "th").next().unwrap().text().unwrap().to_owned();
                (label, amounts(row).iter().sum())
            })
            .collect();
        let totals = &decision.totals;
        for (bearer, share) in [
            ("(scheme)", totals.scheme_share),
            ("(patient)", totals.patient_share),
            ("(facility)", totals.facility_share),
        ] {
            let own = rows.iter().filter(|(label, _)| label.ends_with(bearer));
            let sum: i64 = own.map(|(_, amount)| amount).sum();
            assert_eq!(Some(sum), share.units_at(4), "{bearer} {html}");
        }
    }
}

#[test]
fn every_fact_is_told_once() {
    fn told<'d>(node: Option<&'d TraceNode>, reasons: &'d [Reason], out: &mut Vec<&'d Reason>) {
        out.extend(reasons);
        let facts = node.into_iter().flat_map(|node| &node.facts);
        out.extend(facts.filter(|fact| !reasons.contains(fact)));
    }
    for (decision, _) in corpus() {
        let catalogue = language("en");
        let mut facts = Vec::new();
        told(decision.trace.as_ref(), &decision.reasons, &mut facts);
        let nodes = decision.trace.iter().flat_map(|root| &root.children);
        let nodes: Vec<&TraceNode> = nodes.collect();
        for node in &nodes {
            let line = decision.lines.iter().find(|line| line.id == node.id);
            told(
                Some(node),
                line.map_or(&[], |line| &line.reasons),
                &mut facts,
            );
        }
        for line in &decision.lines {
            if !nodes.iter().any(|node| node.id == line.id) {
                told(None, &line.reasons, &mut facts);
            }
        }
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for fact in facts {
            *expected
                .entry(explain::message(catalogue, fact))
                .or_default() += 1;
        }
        let text = explain::text(&decision, catalogue, "");
        for (message, count) in expected {
            let bare = format!("  - {message}");
            let coded = format!("{bare} [");
            let lines = text
                .lines()
                .filter(|line| *line == bare || line.starts_with(&coded));
            assert_eq!(lines.count(), count, "{message}\n{text}");
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    const EVIL: &str = "</title><script>alert(1)</script>\"'&\u{202e}";
    let rules = rules();
    let mut decision = decide(&rules, WAITING, TraceLevel::Full);
    let code = Code::new(EVIL).unwrap();
    decision.claim = code.clone();
    decision.provenance.conventions = EVIL.to_owned().into();
    decision.provenance.request_digest = Some("line\n- The scheme pays 1,000,000.00.".to_owned());
    for entry in &mut decision.consumption {
        entry.person = code.clone();
    }
    for line in &mut decision.lines {
        line.code = code.clone();
        if let Some(assignment) = &mut line.assignment {
            assignment.policy = code.clone();
        }
        line.reasons.push(Reason {
            code: EVIL.to_owned().into(),
            ..line_reason(EVIL)
        });
        line.reasons
            .push(line_reason("1\r\n- The scheme pays 9.\u{1b}[2J\0"));
    }
    for tag in ["en", "fr"] {
        let html = explain::html(&decision, language(tag), EVIL);
        let page = parse(&html);
        for node in page.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            assert!(
                [
                    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "section",
                    "p", "dl", "dt", "dd", "table", "caption", "tbody", "tfoot", "tr", "th", "td",
                    "ul", "li",
                ]
                .contains(&name),
                "<{name}>"
            );
            for attribute in node.attributes() {
                let name = attribute.name();
                assert!(
                    [
                        "lang",
                        "dir",
                        "charset",
                        "http-equiv",
                        "content",
                        "name",
                        "scope",
                        "class"
                    ]
                    .contains(&name),
                    "{name}"
                );
            }
        }
        assert!(!html.contains("<script"));
        // The text of the page still says it, letter by letter, but for what would forge a line.
        let shown: String = page.descendants().filter_map(|node| node.text()).collect();
        assert!(shown.contains("</title><script>alert(1)</script>\"'&\u{fffd}"));
        assert!(!html.contains(['\u{202e}', '\u{1b}', '\0', '\r']));
        assert!(!html.contains("http:") && !html.contains("https:") && !html.contains("url("));

        let text = explain::text(&decision, language(tag), EVIL);
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\0', '\r']));
        assert!(
            !text
                .lines()
                .any(|line| line.starts_with("- The scheme pays"))
        );
    }
}

/// A rejection by a reviewer of that name.
fn line_reason(reviewer: &str) -> Reason {
    Reason {
        code: "review.rejected".into(),
        effect: adjudica::decision::Effect::Rejects,
        openimis: Some(-1),
        carc: None,
        values: [("reviewer".into(), reviewer.to_owned())].into(),
    }
}

#[test]
fn a_tree_of_another_shape_is_shown_whole() {
    let rules = rules();
    let mut decision = decide(&rules, UNCOVERED, TraceLevel::Full);
    let json = serde_json::json!({
        "subject": "line", "id": "no such line", "facts": [],
        "children": [{"subject": "policy", "id": "deep", "facts": [
            {"code": "step.payable", "effect": "informs", "values": {"amount": "12345.00"}}]}],
    });
    let stray: TraceNode = serde_json::from_value(json).unwrap();
    decision.trace.as_mut().unwrap().children.push(stray);
    let text = explain::text(&decision, language("en"), "");
    assert!(
        text.contains("About no such line\n------------------\n  - Policy deep\n    - The scheme pays 12,345.00.\n"),
        "{text}"
    );
    decision.trace = decision.trace.unwrap().children.pop();
    let text = explain::text(&decision, language("en"), "");
    assert_eq!(text.matches("12,345.00").count(), 1, "{text}");
    let html = explain::html(&decision, language("en"), "");
    let page = parse(&html);
    assert!(named(page.root(), "li").any(|item| named(item, "ul").next().is_some()));
}
