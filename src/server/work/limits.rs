//! What one export may take of the machine.

use super::memory;
use crate::format::Tier;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// Settings of the processes that make exports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    /// For keys of the tier `free`.
    pub free: Allowance,
    /// Of `basic`.
    pub basic: Allowance,
    /// Of `pro`.
    pub pro: Allowance,
    /// Of `enterprise`.
    pub enterprise: Allowance,
    /// For the export form of openstreetmap.org, which needs no key.
    pub form: Allowance,
    /// Jobs after which a process is replaced.
    pub tasks: u32,
    /// The program of the processes; none is this one.
    pub program: Option<PathBuf>,
}

/// Limits of one export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Memory beyond an idle process, MiB; never more than three quarters of the machine's.
    pub memory: u64,
    /// Processor time, seconds.
    pub processor: u64,
    /// Time from the data being there to the files being there, seconds.
    pub deadline: u64,
}

impl Default for Work {
    fn default() -> Self {
        let limits = |memory, processor, deadline| Allowance { memory, processor, deadline };
        Self {
            free: limits(1024, 60, 300),
            basic: limits(2048, 120, 600),
            pro: limits(6144, 300, 1200),
            enterprise: limits(16_384, 1800, 3600),
            form: limits(1024, 60, 120),
            tasks: 100,
            program: None,
        }
    }
}

impl Work {
    /// What an export of a tier may take.
    pub fn of(&self, tier: Tier) -> Allowance {
        match tier {
            Tier::Free => self.free,
            Tier::Basic => self.basic,
            Tier::Pro => self.pro,
            Tier::Enterprise => self.enterprise,
        }
    }

    /// Whether anything can be made within the limits.
    pub fn is_fine(&self) -> bool {
        let all = [self.free, self.basic, self.pro, self.enterprise, self.form];
        self.tasks > 0 && all.iter().all(|one| one.memory > 0 && one.processor > 0 && one.deadline > 0)
    }

    /// The program of the processes.
    pub(super) fn program(&self) -> PathBuf {
        let this = || std::env::current_exe().unwrap_or_else(|_| "mapwright".into());
        // The program that runs, even where a newer one lies in its place by now.
        let running = PathBuf::from("/proc/self/exe");
        self.program.clone().unwrap_or_else(|| if running.exists() { running } else { this() })
    }
}

impl Allowance {
    /// Memory that it really gives on this machine, MiB.
    pub(super) fn given(&self) -> u64 {
        memory::machine().map_or(self.memory, |all| self.memory.min((all / 4 * 3) >> 20))
    }

    pub(super) fn deadline(&self) -> Duration {
        Duration::from_secs(self.deadline)
    }

    /// What is said of an export that needed more memory.
    pub(super) fn too_much_memory(&self) -> String {
        format!(
            "the export needs more memory than the {} MiB it may take; choose a smaller area, fewer formats or a lower detail_level",
            self.given()
        )
    }

    /// What is said of an export that needed more processor time.
    pub(super) fn too_much_work(&self) -> String {
        format!(
            "the export needs more time than the {} s of a processor it may take; choose a smaller area, fewer formats or a lower detail_level",
            self.processor
        )
    }

    /// What is said of an export that was not finished in time.
    pub(super) fn too_late(&self) -> String {
        format!(
            "the export was not finished in time, within {} s; choose a smaller area or try again when the server is less busy",
            self.deadline
        )
    }
}
