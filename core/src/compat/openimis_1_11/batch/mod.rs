//! The batch run of openIMIS 1.11 for fees for service, bug for bug, over its own rows.
//!
//! As for claims: without switches it is `standard` in openIMIS's columns, with all of them it is
//! openIMIS 1.11, and [`attribute_batch`] looks for the smallest set that turns the one into the
//! other.

mod columns;
mod floats;
mod ours;
mod premium;
mod replay;
mod rows;
mod switches;

pub use columns::{BatchColumns, BatchCrash, ClaimTotals, IndexColumns, LineColumns, Total};
pub use ours::batch_by_engine;
pub(super) use ours::{code, empty_scheme, facility_level};
pub use replay::{BatchCall, replay_batch};
pub use rows::{
    BatchRows, ClaimRow, FacilityRow, LineRow, PlanRow, PremiumRow, ProductRow, RunRow,
};
pub use switches::{BATCH_SWITCHES, BatchSwitch};

use rust_decimal::Decimal;

use super::search::{Replayed, Search};
use super::table::{Deviates as _, Set};
use crate::error::Error;

/// The smallest set of switches that makes the difference, and what each adds to what is
/// remunerated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchAttribution {
    /// The switches, in the order of the table, and what each moves.
    pub switches: Vec<(BatchSwitch, Decimal)>,
    /// No smaller set does.
    pub smallest: bool,
}

/// Finds which switches turn what `standard` stores into what openIMIS 1.11 stores.
///
/// # Errors
/// If an amount has too many digits.
pub fn attribute_batch(rows: &BatchRows, call: BatchCall) -> Result<BatchAttribution, Error> {
    struct Replays<'r> {
        rows: &'r BatchRows,
        call: BatchCall,
        standard: BatchColumns,
        openimis: BatchColumns,
    }
    impl Replayed<BatchSwitch> for Replays<'_> {
        // Every set: a replay takes microseconds.
        const BUDGET: usize = 1 << BatchSwitch::ALL.len();

        fn at(&self, set: Set<BatchSwitch>) -> Result<(bool, Decimal), Error> {
            let answer = replay_batch(self.rows, self.call, set)?;
            Ok((answer == self.openimis, answer.remunerated()))
        }

        fn alone(&self, switch: BatchSwitch) -> Result<bool, Error> {
            let answer = replay_batch(self.rows, self.call, Set::NONE.with(switch))?;
            Ok(answer != self.standard)
        }
    }
    let replays = Replays {
        rows,
        call,
        standard: replay_batch(rows, call, Set::NONE)?,
        openimis: replay_batch(rows, call, Set::ALL)?,
    };
    let mut search = Search::new(&replays);
    let (set, smallest) = match replays.standard == replays.openimis {
        true => (Set::NONE, true),
        false => search.smallest()?,
    };
    Ok(BatchAttribution {
        switches: search.shares(set)?,
        smallest,
    })
}
