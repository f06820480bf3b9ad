//! A progress bar for runs that take more than a second, on a terminal; nothing anywhere else.

use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run this short needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

const STYLE: &str = "{spinner} {bar:30} {pos}/{len} operations, {elapsed}";

/// The bar.
pub(crate) struct Bar {
    bar: ProgressBar,
    end: Sender<()>,
    timer: JoinHandle<()>,
}

impl Bar {
    /// Starts a bar, which shows after a second.
    pub(crate) fn start() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(STYLE) {
            bar.set_style(style);
        }
        let (end, ended) = channel();
        let shown = bar.clone();
        let timer = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE).is_err() {
                // Draws nothing where standard error is no terminal.
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(100));
                let _ = ended.recv();
            }
        });
        Self { bar, end, timer }
    }

    /// How far it is.
    pub(crate) fn set(&self, done: usize, all: usize) {
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(crate) fn finish(self) {
        let _ = self.end.send(());
        let _ = self.timer.join();
        self.bar.finish_and_clear();
    }
}
