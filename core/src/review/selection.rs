//! What each rule chooses.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::document::{GroupCount, Look, LookedAt, ReviewSelectionRequest, RuleCount};
use super::draw::{Draw, count};
use super::facts::Facts;
use super::means::Means;
use super::select::number;
use crate::code::Code;
use crate::money::Money;
use crate::number::{Amount, Percent};
use crate::ruleset::RuleSet;
use crate::scheme::{AdvisorMode, Criterion, RandomShare, SelectionRule, Variance, WithoutMean};

/// The claims that rules choose from.
pub(super) struct Pool<'p, 'r> {
    pub(super) seed: &'p Code,
    pub(super) exponent: u8,
    pub(super) claims: &'p [Facts<'r>],
    /// Positions of those of which the rules pay something.
    pub(super) payable: Vec<usize>,
}

impl Pool<'_, '_> {
    pub(super) fn draw(&self, purpose: &str, claim: &Facts<'_>) -> Draw {
        let own = &claim.request.claim;
        Draw::new(self.seed, purpose, &own.facility, &own.code)
    }

    fn amount(&self, minor: i64) -> Amount {
        Money::from_minor(minor).write(self.exponent)
    }
}

/// Claims and claims chosen, by group.
type Groups = BTreeMap<Vec<String>, (u32, u32)>;

/// What rules have chosen so far.
pub(super) struct Chosen {
    claims: Vec<ChosenClaim>,
    rules: Vec<RuleCount>,
}

/// What the rules found about one claim.
#[derive(Debug, Clone, Default)]
pub(super) struct ChosenClaim {
    pub(super) looks: Vec<Look>,
    /// The highest of the rules that chose it; none = no rule did.
    pub(super) by_rules: Option<u8>,
    /// The one of the finding that chose it.
    pub(super) by_advice: Option<u8>,
    pub(super) blind: bool,
}

impl ChosenClaim {
    /// Which claims come first for the reviewer; none = nothing chose it.
    pub(super) fn priority(&self) -> Option<u8> {
        self.by_rules.max(self.by_advice)
    }
}

/// A rule's look at a claim.
struct Seen {
    at: usize,
    wants: bool,
    found: LookedAt,
}

impl Chosen {
    pub(super) fn new(claims: usize) -> Self {
        Self {
            claims: (0..claims).map(|_| ChosenClaim::default()).collect(),
            rules: Vec::new(),
        }
    }

    /// What was found about each claim, and what each rule did.
    pub(super) fn done(self) -> (Vec<ChosenClaim>, Vec<RuleCount>) {
        (self.claims, self.rules)
    }

    fn count(&mut self, rule: &Code, groups: Groups) {
        let counts = groups.into_iter();
        let counts = counts.map(|(group, (claims, chosen))| GroupCount {
            group,
            claims,
            chosen,
        });
        self.rules.push(RuleCount {
            rule: rule.clone(),
            groups: counts.collect(),
        });
    }

    /// Takes what a rule saw in a group, in order of preference: of those that it wants, the first
    /// `capacity` are chosen.
    fn take(
        &mut self,
        rule: &Code,
        seen: Vec<Seen>,
        capacity: Option<u32>,
        choose: impl Fn(&mut ChosenClaim, usize),
    ) -> (u32, u32) {
        let mut chosen = 0;
        let all = number(seen.len());
        for Seen { at, wants, found } in seen {
            let room = capacity.is_none_or(|capacity| chosen < capacity);
            let takes = wants && room;
            chosen += u32::from(takes);
            if let Some(claim) = self.claims.get_mut(at) {
                claim.looks.push(Look {
                    rule: rule.clone(),
                    chosen: takes,
                    over_capacity: wants && !room,
                    found,
                });
                if takes {
                    choose(claim, at);
                }
            }
        }
        (all, chosen)
    }
}

/// Looks at claims with one of the scheme's rules.
pub(super) fn by_rule(
    pool: &Pool<'_, '_>,
    rule: &SelectionRule,
    means: &Means<'_>,
    chosen: &mut Chosen,
) {
    let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for at in &pool.payable {
        if let Some(claim) = pool.claims.get(*at)
            && claim.fits(&rule.only)
        {
            groups.entry(claim.group(&rule.by)).or_default().push(*at);
        }
    }
    let mut done = Groups::new();
    for (group, members) in groups {
        let seen = match &rule.select {
            Criterion::Random(share) => random(pool, &rule.code, *share, &members),
            Criterion::Value(threshold) => largest(pool, &rule.code, &members, |claim| {
                let found = LookedAt::Value {
                    claimed: pool.amount(claim.claimed),
                    threshold: *threshold,
                };
                (pool.amount(claim.claimed) >= *threshold, found)
            }),
            Criterion::Variance(variance) => largest(pool, &rule.code, &members, |claim| {
                against_mean(pool, variance, means, claim)
            }),
        };
        let counts = chosen.take(&rule.code, seen, rule.capacity, |claim, _| {
            claim.by_rules = claim.by_rules.max(Some(rule.priority));
        });
        done.insert(group, counts);
    }
    chosen.count(&rule.code, done);
}

/// The share of the members with the lowest draws.
fn random(pool: &Pool<'_, '_>, purpose: &str, share: RandomShare, members: &[usize]) -> Vec<Seen> {
    let claims = number(members.len());
    let drawn = count(claims, share.percent, share.at_least);
    let mut order: Vec<(Draw, usize)> = members
        .iter()
        .filter_map(|at| Some((pool.draw(purpose, pool.claims.get(*at)?), *at)))
        .collect();
    order.sort_unstable();
    let ranked = (1_u32..).zip(order);
    ranked
        .map(|(rank, (draw, at))| Seen {
            at,
            wants: rank <= drawn,
            found: LookedAt::Random {
                percent: share.percent,
                claims,
                drawn,
                rank,
                draw: draw.shown(),
            },
        })
        .collect()
}

/// Every member with what `look` says, the largest claims first.
fn largest(
    pool: &Pool<'_, '_>,
    purpose: &str,
    members: &[usize],
    look: impl Fn(&Facts<'_>) -> (bool, LookedAt),
) -> Vec<Seen> {
    let mut order: Vec<_> = members
        .iter()
        .filter_map(|at| {
            let claim = pool.claims.get(*at)?;
            Some((Reverse(claim.claimed), pool.draw(purpose, claim), *at))
        })
        .collect();
    order.sort_unstable();
    let members = order.into_iter().filter_map(|(.., at)| {
        let (wants, found) = look(pool.claims.get(at)?);
        Some(Seen { at, wants, found })
    });
    members.collect()
}

fn against_mean(
    pool: &Pool<'_, '_>,
    rule: &Variance,
    means: &Means<'_>,
    claim: &Facts<'_>,
) -> (bool, LookedAt) {
    let claimed = pool.amount(claim.claimed);
    if let Some(at_least) = rule.at_least
        && claimed < at_least
    {
        return (false, LookedAt::TooSmall { claimed, at_least });
    }
    let day = claim.request.claim.date_from;
    let sum = claim.diagnosis().zip(day);
    let sum = sum.map(|(diagnosis, day)| means.before(diagnosis, day, rule.mean_of));
    let sum = sum.unwrap_or_default();
    if sum.claims < u64::from(rule.fewest) {
        let found = LookedAt::WithoutMean {
            claims: sum.claims,
            fewest: rule.fewest,
        };
        return (rule.without_mean == WithoutMean::Select, found);
    }
    let percent = rule.percent.units_at(Percent::PLACES).unwrap_or(i64::MAX);
    let found = LookedAt::Variance {
        claimed,
        claims: sum.claims,
        mean: pool.amount(sum.shown(0)),
        limit: pool.amount(sum.shown(percent)),
    };
    (sum.exceeded_by(claim.claimed, percent), found)
}

/// Draws the blind share from all claims of which something is paid.
pub(super) fn blind(pool: &Pool<'_, '_>, percent: Percent, chosen: &mut Chosen) {
    let Some(rule) = Code::new("blind") else {
        return;
    };
    let share = RandomShare {
        percent,
        at_least: 0,
    };
    let mut counts = (0, 0);
    for seen in random(pool, &rule, share, &pool.payable) {
        counts.0 += 1;
        counts.1 += u32::from(seen.wants);
        if let Some(claim) = chosen.claims.get_mut(seen.at) {
            claim.blind = seen.wants;
            claim.looks.push(Look {
                rule: rule.clone(),
                chosen: seen.wants,
                over_capacity: false,
                found: seen.found,
            });
        }
    }
    chosen.count(&rule, Groups::from([(Vec::new(), counts)]));
}

/// Takes what advisors' findings may do; only for advice that is about the claim as it is now.
pub(super) fn advice(
    pool: &Pool<'_, '_>,
    rules: &RuleSet,
    asked: &ReviewSelectionRequest,
    chosen: &mut Chosen,
) {
    let policy = rules.scheme().review.as_ref();
    let policy = policy.and_then(|review| review.advisors.as_ref());
    let (Some(policy), Some(rule)) = (policy, Code::new("advice")) else {
        return;
    };
    let mut order = Vec::new();
    for at in &pool.payable {
        let (Some(claim), Some(given)) = (pool.claims.get(*at), asked.claims.get(*at)) else {
            continue;
        };
        let Some(advice) = &given.advice else {
            continue;
        };
        let own = &claim.request.claim;
        let about = (&advice.claim, &advice.facility) == (&own.code, &own.facility)
            && advice.audit.input_hash == claim.input_hash(rules);
        let route = advice.effects.route.as_ref();
        match (about, route) {
            (false, _) => order.push((Reverse(0), Reverse(claim.claimed), None, *at)),
            (true, Some(route)) if policy.mode == AdvisorMode::Route => {
                order.push((
                    Reverse(route.priority),
                    Reverse(claim.claimed),
                    Some(route),
                    *at,
                ));
            }
            (true, _) => {}
        }
    }
    order.sort_by_key(|(priority, claimed, _, at)| {
        let draw = pool.claims.get(*at).map(|claim| pool.draw("advice", claim));
        (*priority, *claimed, draw)
    });
    let seen = order.iter().map(|(.., route, at)| Seen {
        at: *at,
        wants: route.is_some(),
        found: match route {
            None => LookedAt::OtherAdvice {},
            Some(route) => LookedAt::Advice {
                to: route.to,
                advisor: route.advisor.clone(),
                finding: route.finding,
                score: route.score,
            },
        },
    });
    let priorities: BTreeMap<usize, u8> = order
        .iter()
        .map(|(Reverse(priority), .., at)| (*at, *priority))
        .collect();
    let counts = chosen.take(&rule, seen.collect(), policy.capacity, |claim, at| {
        claim.by_advice = priorities.get(&at).copied();
    });
    chosen.count(&rule, Groups::from([(Vec::new(), counts)]));
}
