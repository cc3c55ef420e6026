//! The questions `profile` and `baseline`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::build::{FEWEST, ProfileBuilder};
use super::findings::{Baseline, BaselineAdvisor};
use super::profile::Profile;
use crate::advisor::{AdvisorInput, Findings};
use crate::calendar::Moment;
use crate::claim::Request;
use crate::code::Code;
use crate::error::Error;
use crate::ruleset::RuleSet;

/// Schema id of this version of the question.
pub const PROFILE_REQUEST_SCHEMA: &str = "adjudica/profile_request@1";
/// Schema id of this version of the question.
pub const BASELINE_REQUEST_SCHEMA: &str = "adjudica/baseline_request@1";

/// Asks what was usual in earlier claims. For long histories, `adjudica profile` and
/// [`ProfileBuilder`] read claim by claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileRequest {
    /// Always `adjudica/profile_request@1`.
    pub schema: String,
    /// The claims, in any order.
    pub requests: Vec<Request>,
    /// Groups of fewer lines are left out: 4 or more.
    #[serde(default = "fewest")]
    pub fewest: u32,
}

fn fewest() -> u32 {
    FEWEST
}

/// Asks the baseline advisor about a claim. The answer is a findings document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineRequest {
    /// Always `adjudica/baseline_request@1`.
    pub schema: String,
    /// What is usual.
    pub profile: Profile,
    /// The claim as advisors see it.
    pub input: AdvisorInput,
    /// Who runs the advisor; the scheme knows it by this name.
    pub provider: Code,
    /// Now, as the host says.
    pub at: Moment,
    /// Language of the explanations, such as `fr`; absent = English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Code>,
}

/// What was usual in some claims.
///
/// # Errors
/// If a request is malformed, with its position, or `fewest` is too low.
pub fn profile(rules: &RuleSet, asked: &ProfileRequest) -> Result<Profile, Error> {
    let mut builder = ProfileBuilder::new(rules, asked.fewest)?;
    for (position, request) in asked.requests.iter().enumerate() {
        let added = builder.add(request);
        added.map_err(|error| error.inside(&format!("requests[{position}]")))?;
    }
    Ok(builder.finish())
}

/// What the baseline advisor says about a claim.
///
/// # Errors
/// If the profile is inconsistent, the profile or the snapshot was made under another scheme, an
/// amount does not fit the currency, or the language is unknown.
pub fn baseline(rules: &RuleSet, asked: &BaselineRequest) -> Result<Findings, Error> {
    let advisor =
        BaselineAdvisor::new(asked.provider.clone(), asked.at, asked.language.as_deref())?;
    let baseline = Baseline::new(rules, &asked.profile).map_err(|e| e.inside("profile"))?;
    let answered = baseline.advise(&advisor, &asked.input);
    answered.map_err(|error| error.inside("input"))
}
