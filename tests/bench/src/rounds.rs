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

/// Runs rounds and prints the median CPU time of one run of each candidate, and its ratio to the first.
pub(crate) fn compare(title: &str, rounds: usize, batch: u32, mut candidates: Vec<Candidate<'_>>) {
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
    println!("{title} (median CPU time of {rounds} rounds of {batch})");
    let floor = median(&times[0]);
    for (candidate, times) in candidates.iter().zip(&times) {
        let time = median(times);
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!(
            "  {:<44} {:>9.2} us  {ratio:>5.2}x",
            candidate.name,
            time.as_secs_f64() * 1e6
        );
    }
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
