use adjudica::wire::{self, read_request};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = wire::compile_text(&std::fs::read_to_string("scheme.yaml")?)?;
    let claim = read_request(&std::fs::read_to_string("claim.json")?)?;
    let decision = rules.adjudicate(&claim)?;
    println!(
        "{:?}: {} paid",
        decision.status, decision.totals.scheme_share
    );
    Ok(())
}
