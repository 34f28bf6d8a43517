//! What a key may do: one table of plans.

use super::problem::Problem;
use super::source::Extent;
use crate::format::{Entry, Tier};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a key was bought for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// For trying.
    Free,
    /// For single people.
    Basic,
    /// For offices.
    Pro,
    /// Without a daily limit, and served first.
    Enterprise,
}

/// All plans, least first.
pub const PLANS: [Plan; 4] = [Plan::Free, Plan::Basic, Plan::Pro, Plan::Enterprise];

/// Limits of one plan.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Exports a UTC day; none is unlimited.
    pub exports_a_day: Option<u32>,
    /// Largest area of one export on the ellipsoid, km².
    pub square_km: f64,
}

/// Limits of every plan; configuration may change them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plans {
    /// Of `free`.
    pub free: Limits,
    /// Of `basic`.
    pub basic: Limits,
    /// Of `pro`.
    pub pro: Limits,
    /// Of `enterprise`.
    pub enterprise: Limits,
}

impl Default for Plans {
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

impl Plan {
    /// By its id.
    pub fn find(id: &str) -> Option<Self> {
        PLANS.into_iter().find(|plan| plan.id() == id)
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

    /// Whether it writes formats of a tier.
    pub fn writes(self, tier: Tier) -> bool {
        self >= Self::of(tier)
    }

    /// The least plan that writes formats of a tier.
    fn of(tier: Tier) -> Self {
        match tier {
            Tier::Free => Self::Free,
            Tier::Basic => Self::Basic,
            Tier::Pro => Self::Pro,
        }
    }
}

impl Plans {
    /// Limits of a plan.
    pub fn of(&self, plan: Plan) -> Limits {
        match plan {
            Plan::Free => self.free,
            Plan::Basic => self.basic,
            Plan::Pro => self.pro,
            Plan::Enterprise => self.enterprise,
        }
    }

    /// Refuses an area or a format that a plan does not have.
    ///
    /// # Errors
    /// 402 that names the limit and the plan that would do; 400 for an area that no plan has.
    pub fn allow(&self, plan: Plan, extent: &Extent, formats: &[Entry]) -> Result<(), Problem> {
        let (area, field) = (extent.counted(), extent.field);
        let limit = self.of(plan).square_km;
        if area > limit {
            let enough = PLANS.into_iter().find(|other| area <= self.of(*other).square_km);
            let what = if field == "page" { "the ground that the sheet shows" } else { "the area" };
            let doubt = extent.doubt.as_ref().map(|doubt| format!(": {doubt}")).unwrap_or_default();
            let detail = format!("{what} is {area:.2} km²; {} allows {limit} km² in one export{doubt}", plan.id());
            return Err(match enough {
                Some(enough) => needs(enough, detail, json!({ "limit": limit, "used": area, "field": field })),
                None => Problem::field(
                    field,
                    format!("{detail}, and no plan allows more than {} km²", self.enterprise.square_km),
                ),
            });
        }
        let dear = formats.iter().find(|entry| !plan.writes(entry.format.tier));
        match dear {
            None => Ok(()),
            Some(entry) => {
                let enough = Plan::of(entry.format.tier);
                let detail =
                    format!("{} is written for {} and above; this key is {}", entry.format.id, enough.id(), plan.id());
                Err(needs(enough, detail, json!({ "limit": plan.id(), "used": entry.format.id })))
            }
        }
    }

    /// The refusal when a day's exports are used up.
    pub fn used_up(&self, plan: Plan, used: u32) -> Problem {
        let limit = self.of(plan).exports_a_day.unwrap_or(u32::MAX);
        let enough = PLANS.into_iter().find(|other| self.of(*other).exports_a_day.is_none_or(|count| count > used));
        let detail =
            format!("{used} of {limit} exports of today (UTC) are used; {} would do", enough.unwrap_or(plan).id());
        needs(enough.unwrap_or(plan), detail, json!({ "limit": limit, "used": used }))
    }
}

fn needs(plan: Plan, detail: String, facts: serde_json::Value) -> Problem {
    Problem::new(StatusCode::PAYMENT_REQUIRED, "plan", detail).with("tier", plan.id()).with_all(facts)
}
