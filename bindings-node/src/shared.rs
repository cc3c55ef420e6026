//! One rule set in memory for one scheme text, however many worker threads compile it.
//!
//! A JavaScript object cannot travel between worker threads, but all threads of a process load the
//! same addon. So a text that some thread has compiled already, and still uses, is not compiled
//! again: it gives the same immutable rule set.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use adjudica::wire::compile_text;
use adjudica::{Invalid, RuleSet};

static LIVE: Mutex<Option<HashMap<String, Weak<RuleSet>>>> = Mutex::new(None);

/// The rule set of a scheme's text.
pub(crate) fn compile(scheme: String) -> Result<Arc<RuleSet>, Invalid> {
    if let Some(rules) = with_live(|live| live.get(&scheme).and_then(Weak::upgrade)) {
        return Ok(rules);
    }
    // Compiled outside the lock: two threads may do it at once, and the first one's stays.
    let compiled = Arc::new(compile_text(&scheme)?);
    Ok(with_live(|live| {
        live.retain(|_, rules| rules.strong_count() > 0);
        if let Some(rules) = live.get(&scheme).and_then(Weak::upgrade) {
            return rules;
        }
        live.insert(scheme, Arc::downgrade(&compiled));
        compiled
    }))
}

fn with_live<T>(f: impl FnOnce(&mut HashMap<String, Weak<RuleSet>>) -> T) -> T {
    // The table is whole between any two calls, so a panic elsewhere leaves it usable.
    let mut live = LIVE.lock().unwrap_or_else(PoisonError::into_inner);
    f(live.get_or_insert_default())
}
