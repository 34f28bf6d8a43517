//! What a key may do: one table of tiers.

use super::problem::Problem;
use super::source::Extent;
use crate::format::{Entry, Tier};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// All tiers, least first.
pub const TIERS: [Tier; 4] = [Tier::Free, Tier::Basic, Tier::Pro, Tier::Enterprise];

/// Limits of one tier.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Exports a UTC day; none is unlimited.
    pub exports_a_day: Option<u32>,
    /// Largest area of one export on the ellipsoid, km².
    pub square_km: f64,
}

/// Limits of every tier; configuration may change them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tiers {
    /// Of `free`.
    pub free: Limits,
    /// Of `basic`.
    pub basic: Limits,
    /// Of `pro`.
    pub pro: Limits,
    /// Of `enterprise`.
    pub enterprise: Limits,
}

impl Default for Tiers {
    fn default() -> Self {
        let limits = |exports_a_day, square_km| Limits { exports_a_day, square_km };
        Self {
            free: limits(Some(10), 25.0),
            basic: limits(Some(100), 100.0),
            pro: limits(Some(1000), 500.0),
            enterprise: limits(None, 20_000.0),
        }
    }
}

impl Tier {
    /// By its id.
    pub fn find(id: &str) -> Option<Self> {
        TIERS.into_iter().find(|tier| tier.id() == id)
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Basic => "basic",
            Self::Pro => "pro",
            Self::Enterprise => "enterprise",
        }
    }

    /// Its place in the queue: higher is served before.
    pub fn priority(self) -> i64 {
        i64::from(self == Self::Enterprise)
    }

    /// Its step in the queue: of two that wait at the same time, who has half the step is served twice as often.
    pub fn step(self) -> i64 {
        match self {
            Self::Free => 4,
            Self::Basic => 2,
            Self::Pro | Self::Enterprise => 1,
        }
    }
}

impl Tiers {
    /// Limits of a tier.
    pub fn of(&self, tier: Tier) -> Limits {
        match tier {
            Tier::Free => self.free,
            Tier::Basic => self.basic,
            Tier::Pro => self.pro,
            Tier::Enterprise => self.enterprise,
        }
    }

    /// Refuses an area or a format that a tier does not have.
    ///
    /// # Errors
    /// 402 that names the limit and the tier that would do; 400 for an area that no tier has.
    pub fn allow(&self, tier: Tier, extent: &Extent, formats: &[Entry]) -> Result<(), Problem> {
        let (area, field) = (extent.counted(), extent.field);
        let limit = self.of(tier).square_km;
        if area > limit {
            let enough = TIERS.into_iter().find(|other| area <= self.of(*other).square_km);
            let what = if field == "page" { "the ground that the sheet shows" } else { "the area" };
            let doubt = extent.doubt.as_ref().map(|doubt| format!(": {doubt}")).unwrap_or_default();
            let detail = format!("{what} is {area:.2} km²; {} allows {limit} km² in one export{doubt}", tier.id());
            return Err(match enough {
                Some(enough) => needs(enough, detail, json!({ "limit": limit, "used": area, "field": field })),
                None => Problem::field(
                    field,
                    format!("{detail}, and no tier allows more than {} km²", self.enterprise.square_km),
                ),
            });
        }
        let dear = formats.iter().find(|entry| entry.format.tier > tier);
        match dear {
            None => Ok(()),
            Some(entry) => {
                let enough = entry.format.tier;
                let detail =
                    format!("{} is written for {} and above; this key is {}", entry.format.id, enough.id(), tier.id());
                Err(needs(enough, detail, json!({ "limit": tier.id(), "used": entry.format.id })))
            }
        }
    }

    /// The refusal when a day's exports are used up.
    pub fn used_up(&self, tier: Tier, used: u32) -> Problem {
        let limit = self.of(tier).exports_a_day.unwrap_or(u32::MAX);
        let enough = TIERS.into_iter().find(|other| self.of(*other).exports_a_day.is_none_or(|count| count > used));
        let detail =
            format!("{used} of {limit} exports of today (UTC) are used; {} would do", enough.unwrap_or(tier).id());
        needs(enough.unwrap_or(tier), detail, json!({ "limit": limit, "used": used }))
    }
}

fn needs(tier: Tier, detail: String, facts: serde_json::Value) -> Problem {
    Problem::new(StatusCode::PAYMENT_REQUIRED, "tier", detail).with("tier", tier.id()).with_all(facts)
}
