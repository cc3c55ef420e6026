//! `cargo bench -p adjudica-benches`; `make bench` prints the figures as ratios.

use std::hint::black_box;

use adjudica::RuleSet;
use adjudica::adjudicate::{Adjudicator, FullTrace, NoTrace};
use adjudica::wire::{Format, Options, Session, read_scheme};
use adjudica_benches::baseline::{Decimals, Dense, PlainJson};
use adjudica_benches::rich;
use adjudica_benches::workload::Workload;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// Each measurement goes through the next claim of the workload.
fn next(position: &mut usize, count: usize) -> usize {
    *position = (*position + 1) % count;
    *position
}

fn one_rule(c: &mut Criterion) {
    let workload = Workload::default();
    let rules = workload.rules();
    let requests = workload.requests();
    let mut group = c.benchmark_group("plain");
    group.throughput(Throughput::Elements(1));

    let dense = Dense::new(&workload);
    let (mut at, mut payable) = (0, Vec::new());
    group.bench_function("baseline_i64_dense", |b| {
        b.iter(|| {
            dense.run(
                black_box(&workload.claims[next(&mut at, requests.len())]),
                &mut payable,
            )
        });
    });
    let decimals = Decimals::new(&workload);
    let claims = Decimals::claims(&workload);
    let (mut at, mut payable) = (0, Vec::new());
    group.bench_function("baseline_rust_decimal", |b| {
        b.iter(|| {
            decimals.run(
                black_box(&claims[next(&mut at, claims.len())]),
                &mut payable,
            )
        });
    });
    let (mut at, mut adjudicator) = (0, Adjudicator::new(&rules));
    group.bench_function("engine_request", |b| {
        b.iter(|| {
            let request = black_box(&requests[next(&mut at, requests.len())]);
            adjudicator
                .adjudicate(request, &mut NoTrace)
                .map(|o| o.totals.payable)
                .ok()
        });
    });
    let mut prepared: Vec<(Adjudicator, _)> = requests
        .iter()
        .take(64)
        .map(|request| {
            let mut adjudicator = Adjudicator::new(&rules);
            adjudicator.prepare(request).expect("well-formed");
            (adjudicator, request)
        })
        .collect();
    let mut at = 0;
    group.bench_function("engine_prepared", |b| {
        b.iter(|| {
            at = (at + 1) % 64;
            let (adjudicator, request) = black_box(&mut prepared[at]);
            adjudicator
                .run(request, &mut NoTrace)
                .map(|o| o.totals.payable)
                .ok()
        });
    });
    let (mut at, mut adjudicator, mut trace) = (0, Adjudicator::new(&rules), FullTrace::default());
    group.bench_function("engine_request_full_trace", |b| {
        b.iter(|| {
            trace.clear();
            let request = black_box(&requests[next(&mut at, requests.len())]);
            adjudicator
                .adjudicate(request, &mut trace)
                .map(|o| o.totals.payable)
                .ok()
        });
    });
    group.finish();
}

fn text(c: &mut Criterion) {
    let workload = Workload::default();
    let rules = workload.rules();
    let texts = workload.requests_text();
    let mut group = c.benchmark_group("ndjson");
    group.throughput(Throughput::Elements(1));
    let plain = PlainJson::new(&workload);
    let (mut at, mut out) = (0, Vec::new());
    group.bench_function("baseline_plain_json", |b| {
        b.iter(|| {
            out.clear();
            plain.run(black_box(&texts[next(&mut at, texts.len())]), &mut out);
            out.len()
        });
    });
    for (name, digest) in [("engine", true), ("engine_without_digest", false)] {
        let mut session = Session::new(
            &rules,
            Options {
                digest,
                ..Options::default()
            },
        );
        let (mut at, mut out) = (0, Vec::new());
        group.bench_function(name, |b| {
            b.iter(|| {
                out.clear();
                session.adjudicate_ndjson(black_box(&texts[next(&mut at, texts.len())]), &mut out);
                out.len()
            });
        });
    }
    group.finish();
}

fn rich_claim(c: &mut Criterion) {
    let (rules, request) = rich::rules_and_request();
    let mut adjudicator = Adjudicator::new(&rules);
    let mut group = c.benchmark_group("rich");
    group.bench_function("engine_request", |b| {
        b.iter(|| {
            adjudicator
                .adjudicate(black_box(&request), &mut NoTrace)
                .map(|o| o.totals.payable)
                .ok()
        });
    });
    let mut session = Session::new(&rules, Options::default());
    group.bench_function("decision_document", |b| {
        b.iter(|| {
            session
                .adjudicate(black_box(&request))
                .map(|d| d.lines.len())
                .ok()
        });
    });
    group.finish();
}

fn compile(c: &mut Criterion) {
    let text = Workload::default().scheme();
    let scheme = read_scheme(&text, Format::Json).expect("well-formed");
    let mut group = c.benchmark_group("compile");
    group.bench_function("200_codes", |b| {
        b.iter_batched(
            || scheme.clone(),
            |s| RuleSet::compile(s).map(|_| ()),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("200_codes_from_text", |b| {
        b.iter(|| {
            read_scheme(black_box(&text), Format::Json)
                .map(RuleSet::compile)
                .is_ok()
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(60);
    targets = one_rule, text, rich_claim, compile
}
criterion_main!(benches);
