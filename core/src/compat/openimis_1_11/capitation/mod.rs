//! The capitation of openIMIS 1.11, bug for bug, over its own rows: as [`super::batch`].

mod counts;
mod ours;
mod replay;
mod rows;
mod switches;

pub use counts::{FacilitySums, Sums};
pub use ours::capitation_by_engine;
pub use replay::{CapitationColumns, PaymentColumns, replay_capitation};
pub use rows::{
    CapitationRows, CatchmentRow, ClaimRow, FacilityRow, FamilyRow, LineRow, LocationRow,
    ParamsRow, PolicyRow, ProductRow,
};
pub use switches::{CAPITATION_SWITCHES, CapitationSwitch};

use rust_decimal::Decimal;

use super::search::{Replayed, Search};
use super::table::{Deviates as _, Set};
use crate::error::Error;

/// Finds which switches turn what `standard` pays into what openIMIS 1.11 pays, what each adds to
/// it, and whether no smaller set does.
///
/// # Errors
/// If an amount has too many digits.
pub fn attribute_capitation(
    rows: &CapitationRows,
) -> Result<(Vec<(CapitationSwitch, Decimal)>, bool), Error> {
    struct Replays<'r> {
        rows: &'r CapitationRows,
        standard: CapitationColumns,
        openimis: CapitationColumns,
    }
    impl Replayed<CapitationSwitch> for Replays<'_> {
        // Every set: a replay takes microseconds.
        const BUDGET: usize = 1 << CapitationSwitch::ALL.len();

        fn at(&self, set: Set<CapitationSwitch>) -> Result<(bool, Decimal), Error> {
            let answer = replay_capitation(self.rows, set)?;
            let paid = answer.payments.iter().map(|row| row.payment).sum();
            Ok((answer == self.openimis, paid))
        }

        fn alone(&self, switch: CapitationSwitch) -> Result<bool, Error> {
            Ok(replay_capitation(self.rows, Set::NONE.with(switch))? != self.standard)
        }
    }
    let replays = Replays {
        rows,
        standard: replay_capitation(rows, Set::NONE)?,
        openimis: replay_capitation(rows, Set::ALL)?,
    };
    let mut search = Search::new(&replays);
    let (set, smallest) = match replays.standard == replays.openimis {
        true => (Set::NONE, true),
        false => search.smallest()?,
    };
    Ok((search.shares(set)?, smallest))
}
