//! Rules of review: selection, undone reviews, sampling, advisors.

use super::Audit;
use super::at::At;
use crate::number::Percent;
use crate::scheme::{
    AdvisorMode, AdvisorRules, Criterion, RandomShare, ReviewRules, RouteRule, SamplingRules,
    SelectionRule, Severity, Variance,
};

impl Audit<'_> {
    pub(super) fn review(&mut self) {
        let scheme = self.scheme;
        let Some(review) = &scheme.review else {
            return;
        };
        let at = At::Root.field("review");
        let list = at.field("selection");
        self.unique("rule", review.selection.iter().map(|r| &r.code), &list);
        for (position, rule) in review.selection.iter().enumerate() {
            self.selection_rule(rule, &list.index(position));
        }
        if review.capacity == Some(0) {
            self.zero_limit(&at.field("capacity"));
        }
        if let Some(blind) = review.blind {
            self.share_of_claims(blind, &at.field("blind"));
        }
        self.undone(review, &at.field("products"));
        if let Some(sampling) = &review.sampling {
            self.sampling(sampling, &at.field("sampling"));
        }
        if let Some(advisors) = &review.advisors {
            self.advisors(advisors, review, &at.field("advisors"));
        }
    }

    fn selection_rule(&mut self, rule: &SelectionRule, at: &At<'_>) {
        if ["advice", "blind", "capacity"].contains(&rule.code.as_str()) {
            self.error(
                "review.reserved",
                &at.field("code"),
                format!("`{}` is not free as a name of a rule", rule.code),
                "`advice`, `blind` and `capacity` name what the engine itself does",
            );
        }
        let select = at.field("select");
        match &rule.select {
            Criterion::Random(share) => self.random(*share, &select.field("random")),
            Criterion::Value(amount) => self.amount(*amount, &select.field("value")),
            Criterion::Variance(variance) => self.variance(variance, &select.field("variance")),
        }
        if !matches!(rule.select, Criterion::Random(_))
            && !rule.by.is_empty()
            && rule.capacity.is_none()
        {
            self.warn(
                "review.by_unused",
                &at.field("by"),
                "groups matter for a random share or a capacity only".to_owned(),
                "remove `by`, or add `capacity`",
            );
        }
        if rule.capacity == Some(0) {
            self.zero_limit(&at.field("capacity"));
        }
        self.priority(rule.priority, &at.field("priority"));
        let only = at.field("only");
        for (position, product) in rule.only.products.iter().enumerate() {
            self.product_reference(product, &only.field("products").index(position));
        }
        for (position, code) in rule.only.facilities.iter().enumerate() {
            let known = self.scheme.facilities.iter().any(|f| f.code == *code);
            if !known {
                self.error(
                    "reference.unknown",
                    &only.field("facilities").index(position),
                    format!("there is no facility `{code}`"),
                    "define the facility, or remove the code here",
                );
            }
        }
    }

    fn random(&mut self, share: RandomShare, at: &At<'_>) {
        self.share_of_claims(share.percent, &at.field("percent"));
        if share.percent.is_zero() && share.at_least == 0 {
            self.warn(
                "review.selects_nothing",
                at,
                "0 % and no `at_least` select nothing".to_owned(),
                "write a percentage, or remove the rule",
            );
        }
    }

    fn variance(&mut self, variance: &Variance, at: &At<'_>) {
        if variance.percent.is_negative() {
            self.error(
                "percent.range",
                &at.field("percent"),
                format!("`{}` is negative", variance.percent),
                "write how far above the mean, such as \"50\"",
            );
        }
        if let Some(amount) = variance.at_least {
            self.amount(amount, &at.field("at_least"));
        }
        if variance.fewest == 0 {
            self.error(
                "review.no_mean",
                &at.field("fewest"),
                "0 claims have no mean".to_owned(),
                "write at least 1",
            );
        }
    }

    fn undone(&mut self, review: &ReviewRules, list: &At<'_>) {
        self.unique("product", review.products.iter().map(|p| &p.product), list);
        for (position, product) in review.products.iter().enumerate() {
            self.product_reference(&product.product, &list.index(position).field("product"));
        }
    }

    fn sampling(&mut self, sampling: &SamplingRules, at: &At<'_>) {
        if sampling.fewest < 2 {
            self.error(
                "review.sample_small",
                &at.field("fewest"),
                "fewer than 2 reviewed claims have no interval".to_owned(),
                "write a number such as 30",
            );
        } else if sampling.fewest < 30 {
            self.warn(
                "review.sample_small",
                &at.field("fewest"),
                "with fewer than 30 reviewed claims intervals miss the truth too often".to_owned(),
                "write at least 30",
            );
        }
        self.share_of_claims(sampling.widest, &at.field("widest"));
    }

    fn advisors(&mut self, advisors: &AdvisorRules, review: &ReviewRules, at: &At<'_>) {
        for (position, known) in advisors.known.iter().enumerate() {
            let list = at.field("known");
            let here = list.index(position);
            self.validity(known.valid, &here.field("valid"));
            if let Some(weights) = &known.weights
                && !is_sha256(weights)
            {
                self.error(
                    "review.weights",
                    &here.field("weights"),
                    format!("`{weights}` is no SHA-256"),
                    "write 64 hexadecimal digits in lower case",
                );
            }
        }
        let routes = at.field("routes");
        for (position, route) in advisors.routes.iter().enumerate() {
            let here = routes.index(position);
            if !route.score.in_range() {
                self.error(
                    "score.range",
                    &here.field("score"),
                    format!("`{}` is not between 0 and 1", route.score),
                    "write a score such as \"0.9\"",
                );
            }
            self.priority(route.priority, &here.field("priority"));
            let before = advisors.routes.get(..position).unwrap_or_default();
            if before.iter().any(|earlier| covers(earlier, route)) {
                self.warn(
                    "review.route_unreachable",
                    &here,
                    "an earlier route takes every finding that this one is for".to_owned(),
                    "put the route with the higher score first",
                );
            }
        }
        if advisors.mode == AdvisorMode::Route && advisors.routes.is_empty() {
            self.warn(
                "review.no_routes",
                at,
                "without `routes` no finding routes anything".to_owned(),
                "add `routes`, or write `mode: observe`",
            );
        }
        if advisors.mode == AdvisorMode::Route && review.blind.is_none_or(|p| p.is_zero()) {
            self.warn(
                "review.not_measured",
                at,
                "without a blind share nobody can tell how often the advisors are right".to_owned(),
                "write `blind`, such as \"2\", in `review`",
            );
        }
        if let Some(limits) = &advisors.limits {
            let at = at.field("limits");
            for (name, limit) in [
                ("precision", limits.precision),
                ("recall", limits.recall),
                ("wrong_flags", limits.wrong_flags),
                ("overrides", limits.overrides),
                ("calibration", limits.calibration),
                ("drift", limits.drift),
            ] {
                if let Some(limit) = limit {
                    self.share_of_claims(limit, &at.field(name));
                }
            }
        }
        if let Some(floor) = advisors.floor {
            self.amount(floor, &at.field("floor"));
        }
    }

    /// A percentage of claims: 0 to 100.
    fn share_of_claims(&mut self, percent: Percent, at: &At<'_>) {
        if percent.is_negative() || percent > Percent::from_units(100, 0) {
            self.error(
                "percent.range",
                at,
                format!("`{percent}` is not between 0 and 100"),
                "write a percentage such as \"5\"",
            );
        }
    }

    fn priority(&mut self, priority: u8, at: &At<'_>) {
        if priority > 100 {
            self.error(
                "review.priority",
                at,
                format!("{priority} is over 100"),
                "write a priority from 0 to 100",
            );
        }
    }

    fn product_reference(&mut self, code: &crate::Code, at: &At<'_>) {
        if !self.scheme.products.iter().any(|p| p.code == *code) {
            self.error(
                "reference.unknown",
                at,
                format!("there is no product `{code}`"),
                "define the product, or remove the code here",
            );
        }
    }
}

/// Does every finding that fits `later` fit `earlier` too?
fn covers(earlier: &RouteRule, later: &RouteRule) -> bool {
    let least = |rule: &RouteRule| rule.severity.unwrap_or(Severity::Low);
    earlier.score <= later.score && least(earlier) <= least(later)
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_bar_first_hides_a_higher_one() {
        let rule = |score: &str, severity| RouteRule {
            score: score.parse().unwrap(),
            severity,
            to: crate::scheme::Route::Review,
            priority: 50,
        };
        assert!(covers(&rule("0.5", None), &rule("0.9", None)));
        assert!(covers(
            &rule("0.5", None),
            &rule("0.5", Some(Severity::High))
        ));
        assert!(!covers(&rule("0.9", None), &rule("0.5", None)));
        assert!(!covers(
            &rule("0.5", Some(Severity::High)),
            &rule("0.9", None)
        ));
    }
}
