//! Callers that come, go, fall asleep and panic.

use std::future::poll_fn;
use std::sync::atomic::AtomicUsize;
use std::task::Poll;

use super::*;
use crate::credentials::testing::{block_on, poll_once};

/// A door that opens once; who comes to it waits.
#[derive(Clone, Default)]
struct Door(Arc<Mutex<(bool, Option<Waker>)>>);

impl Door {
    fn open(&self) {
        let mut door = self.0.lock().unwrap();
        door.0 = true;
        if let Some(waker) = door.1.take() {
            waker.wake();
        }
    }

    fn pass(&self) -> impl Future<Output = ()> + Send + use<> {
        let door = self.clone();
        poll_fn(move |context| {
            let mut door = door.0.lock().unwrap();
            if door.0 {
                return Poll::Ready(());
            }
            door.1 = Some(context.waker().clone());
            Poll::Pending
        })
    }
}

struct Office {
    slot: Weak<Flight<u32>>,
    begun: Arc<AtomicUsize>,
    door: Door,
}

impl Office {
    fn new() -> Self {
        Self {
            slot: Weak::new(),
            begun: Arc::default(),
            door: Door::default(),
        }
    }

    fn wait(&mut self) -> Waiting<u32> {
        let (begun, door) = (Arc::clone(&self.begun), self.door.clone());
        Flight::join(&mut self.slot, || {
            begun.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                door.pass().await;
                7
            })
        })
    }

    fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }
}

#[test]
fn all_get_the_outcome_of_one_piece_of_work() {
    let mut office = Office::new();
    let mut waits: Vec<_> = (0..100).map(|_| office.wait()).collect();
    for wait in &mut waits {
        assert!(poll_once(wait).is_pending());
    }
    assert!(Flight::is_under_way(&office.slot));
    office.door.open();
    for wait in waits {
        assert_eq!(block_on(wait), Some(7));
    }
    assert_eq!(office.begun(), 1);
    assert!(!Flight::is_under_way(&office.slot));
}

#[test]
fn the_one_who_began_may_go() {
    let mut office = Office::new();
    let (mut first, mut second) = (office.wait(), office.wait());
    assert!(poll_once(&mut first).is_pending() && poll_once(&mut second).is_pending());
    let door = office.door.clone();
    drop(first);
    let opener = std::thread::spawn(move || door.open());
    assert_eq!(block_on(second), Some(7));
    opener.join().unwrap();
    assert_eq!(office.begun(), 1);
}

#[test]
fn the_one_who_began_may_fall_asleep() {
    let mut office = Office::new();
    let (mut first, mut second) = (office.wait(), office.wait());
    assert!(poll_once(&mut first).is_pending() && poll_once(&mut second).is_pending());
    let door = office.door.clone();
    let opener = std::thread::spawn(move || door.open());
    assert_eq!(block_on(second), Some(7));
    opener.join().unwrap();
    assert_eq!(block_on(first), Some(7));
}

#[test]
fn work_nobody_waits_for_ends() {
    let mut office = Office::new();
    let mut first = office.wait();
    assert!(poll_once(&mut first).is_pending());
    drop(first);
    assert!(!Flight::is_under_way(&office.slot));
    office.door.open();
    assert_eq!(block_on(office.wait()), Some(7));
    assert_eq!(office.begun(), 2);
}

#[test]
fn an_outcome_is_not_handed_to_who_comes_later() {
    let mut office = Office::new();
    office.door.open();
    let mut first = office.wait();
    assert_eq!(poll_once(&mut first), Poll::Ready(Some(7)));
    assert_eq!(block_on(office.wait()), Some(7));
    assert_eq!(office.begun(), 2);
}

#[test]
fn a_panic_wakes_the_others_without_an_outcome() {
    let door = Door::default();
    let mut slot: Weak<Flight<u32>> = Weak::new();
    let mut join = || {
        let passed = door.pass();
        Flight::join(&mut slot, || {
            Box::pin(async move {
                passed.await;
                std::panic::resume_unwind(Box::new("quietly"))
            })
        })
    };
    let (mut first, second) = (join(), join());
    assert!(poll_once(&mut first).is_pending());
    let other = std::thread::spawn(move || block_on(second));
    // Only the first is there to find the door open; the second is asleep, or not even here.
    door.0.lock().unwrap().0 = true;
    let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
        let _ = poll_once(&mut first);
    }));
    let other = other.join();
    // Whichever came first met the panic itself.
    match (polled, other) {
        (Err(_), Ok(outcome)) => assert_eq!(outcome, None),
        (Ok(()), Err(_)) => {}
        outcome => panic!("{outcome:?}"),
    }
}

/// Work that has to be driven many times, by threads that come and go in the middle of it.
#[test]
fn no_wake_is_lost_between_threads() {
    for round in 0..200 {
        let steps = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&steps);
        let slot = Arc::new(Mutex::new(Weak::new()));
        let join = move |slot: &mut Weak<Flight<usize>>| {
            let counted = Arc::clone(&counted);
            Flight::join(slot, || {
                Box::pin(poll_fn(move |context| {
                    if counted.fetch_add(1, Ordering::SeqCst) >= 20 {
                        return Poll::Ready(round);
                    }
                    let waker = context.waker().clone();
                    if counted.load(Ordering::SeqCst) % 2 == 0 {
                        std::thread::spawn(move || waker.wake());
                    } else {
                        waker.wake();
                    }
                    Poll::Pending
                }))
            })
        };
        let threads: Vec<_> = (0..6)
            .map(|at| {
                let (slot, join) = (Arc::clone(&slot), join.clone());
                std::thread::spawn(move || {
                    let mut wait = join(&mut slot.lock().unwrap());
                    if at % 3 == 0 {
                        let _ = poll_once(&mut wait);
                        return;
                    }
                    assert_eq!(block_on(wait), Some(round));
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    }
}

/// A flag that a waker raises.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// The work is woken while one thread drives it, another comes and finds it taken, and the first never returns to it.
#[test]
fn who_finds_the_work_taken_is_woken_when_it_is_free() {
    let (inside, entered) = std::sync::mpsc::channel();
    let (leave, left) = std::sync::mpsc::channel::<()>();
    let mut first_time = true;
    let work: Work<u32> = Box::pin(poll_fn(move |context| {
        if !std::mem::take(&mut first_time) {
            return Poll::Ready(7);
        }
        context.waker().wake_by_ref();
        inside.send(()).unwrap();
        left.recv().unwrap();
        Poll::Pending
    }));
    let mut slot = Weak::new();
    let mut first = Flight::join(&mut slot, || work);
    let mut second = Flight::join(&mut slot, || unreachable!());
    let thread = std::thread::spawn(move || {
        assert!(poll_once(&mut first).is_pending());
        first
    });
    entered.recv().unwrap();
    let flag = Arc::new(Flag(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&flag));
    let polled = Pin::new(&mut second).poll(&mut Context::from_waker(&waker));
    assert!(polled.is_pending() && !flag.0.load(Ordering::SeqCst));
    leave.send(()).unwrap();
    let asleep = thread.join().unwrap();
    assert!(flag.0.load(Ordering::SeqCst));
    assert_eq!(poll_once(&mut second), Poll::Ready(Some(7)));
    drop(asleep);
}
