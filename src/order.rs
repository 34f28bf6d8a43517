//! Sorting that is compiled once. A `sort` of the standard library is compiled anew for every type and every comparison,
//! some eight kilobytes of WebAssembly each time, in every pack; here one sort of row numbers serves all of them. What sorts
//! hundreds of thousands of numbers in a row keeps the library's.

use std::cmp::Ordering;

/// Sorts as `sort_by` of a slice does: equal rows keep their order.
pub fn sort_by<T>(rows: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if rows.len() < 2 {
        return;
    }
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    let all = &*rows;
    sorted(&mut order, &|a, b| match (all.get(a as usize), all.get(b as usize)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    arrange(&mut order, &mut |a, b| rows.swap(a, b));
}

/// Sorts as `sort_by_key` of a slice does: equal rows keep their order.
pub fn sort_by_key<T, K: Ord>(rows: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(rows, |a, b| key(a).cmp(&key(b)));
}

/// Sorts as `sort` of a slice does.
pub fn sort<T: Ord>(rows: &mut [T]) {
    sort_by(rows, T::cmp);
}

/// Sorts numbers, NaN after or before all others as [`f64::total_cmp`] says.
pub fn sort_numbers(rows: &mut [f64]) {
    sort_by(rows, f64::total_cmp);
}

#[inline(never)]
fn sorted(order: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    order.sort_by(|&a, &b| compare(a, b));
}

/// Brings rows into an order by swaps, a cycle after the other: `order` says for each place which row belongs there.
#[inline(never)]
fn arrange(order: &mut [u32], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        while let Some(slot) = order.get_mut(at) {
            let from = std::mem::replace(slot, at as u32) as usize;
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern, the same every time.
    fn numbers(count: u64) -> Vec<u64> {
        (0..count).map(|row| (row + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).collect()
    }

    #[test]
    fn it_sorts_as_the_library_does() {
        for count in [0, 1, 2, 3, 7, 100, 1000] {
            let mut rows = numbers(count);
            let mut other = rows.clone();
            sort(&mut rows);
            other.sort_unstable();
            assert_eq!(rows, other, "{count} rows");
        }
    }

    #[test]
    fn equal_rows_keep_their_order() {
        let mut rows: Vec<(u64, usize)> = numbers(500).into_iter().map(|n| n % 7).zip(0..).collect();
        sort_by_key(&mut rows, |row| row.0);
        assert!(rows.is_sorted(), "{rows:?}");
    }

    #[test]
    fn numbers_that_are_none_come_last() {
        let mut rows = [f64::NAN, 1.0, -0.0, f64::INFINITY, 0.0];
        sort_numbers(&mut rows);
        assert!(rows[4].is_nan() && rows[0].is_sign_negative() && rows[3] == f64::INFINITY, "{rows:?}");
    }
}
