//! Interleaved rounds: a batch of each candidate in turn, so that noise meets all of them alike.

use std::time::Duration;

use cpu_time::ProcessTime;

/// What is compared.
pub(crate) struct Candidate<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Runs it that many times.
    pub(crate) run: Box<dyn FnMut(u32) + 'a>,
}

/// Runs rounds and prints the median CPU time of one run of each candidate, and its ratio to the first;
/// also returns the medians.
pub(crate) fn compare(
    title: &str,
    rounds: usize,
    batch: u32,
    candidates: Vec<Candidate<'_>>,
) -> Vec<Duration> {
    let names: Vec<_> = candidates.iter().map(|candidate| candidate.name).collect();
    let medians = medians(rounds, batch, candidates);
    println!("{title} (median CPU time of {rounds} rounds of {batch})");
    for (name, time) in names.iter().zip(&medians) {
        let ratio = time.as_secs_f64() / medians[0].as_secs_f64();
        println!(
            "  {name:<44} {:>9.2} us  {ratio:>5.2}x",
            time.as_secs_f64() * 1e6
        );
    }
    medians
}

/// Runs rounds; returns the median CPU time of one run of each candidate.
pub(crate) fn medians(
    rounds: usize,
    batch: u32,
    mut candidates: Vec<Candidate<'_>>,
) -> Vec<Duration> {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); candidates.len()];
    for round in 0..=rounds {
        for (candidate, times) in candidates.iter_mut().zip(&mut times) {
            let start = ProcessTime::now();
            (candidate.run)(batch);
            // The first round warms up.
            if round > 0 {
                times.push(start.elapsed() / batch);
            }
        }
    }
    times.iter().map(|times| median(times)).collect()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
