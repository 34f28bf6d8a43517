//! Memory of this process and of the machine, as Linux tells it; none elsewhere.

use std::fs;

/// Bytes of address space of this process.
pub fn size() -> Option<u64> {
    row("/proc/self/status", "VmSize:")
}

/// Bytes of memory this machine has, or the container it stands for.
pub fn machine() -> Option<u64> {
    let all = row("/proc/meminfo", "MemTotal:")?;
    let container = fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    Some(container.map_or(all, |limit: u64| limit.min(all)))
}

/// A row of a table in kB.
fn row(table: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(table).ok()?;
    let row = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(row.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? << 10)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_process_is_smaller_than_all_address_space_and_larger_than_its_code() {
        let (size, machine) = (super::size().unwrap(), super::machine().unwrap());
        assert!(size > 1 << 20 && size < 1 << 47, "{size}");
        assert!(machine > 1 << 26, "{machine}");
    }
}
