//! What the tests of providers share: a scripted transport, a clock to set, an executor of a few lines.

use std::collections::VecDeque;
use std::future::{Future, pending, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context as TaskContext, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Context;
use crate::time::{Clock, FixedNonce};
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportFuture};

/// When the tests take place: 2024-05-06T12:53:20Z.
pub(super) const NOW: u64 = 1_715_000_000;

pub(super) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

struct Alarm {
    rung: AtomicBool,
    thread: Thread,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}

/// Drives a future to its end on this thread. It must see to it that it is woken.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let alarm = Arc::new(Alarm {
        rung: AtomicBool::new(true),
        thread: std::thread::current(),
    });
    let waker = Waker::from(Arc::clone(&alarm));
    let mut future = pin!(future);
    for _ in 0..400 {
        if !alarm.rung.swap(false, Ordering::SeqCst) {
            std::thread::park_timeout(Duration::from_millis(50));
            continue;
        }
        if let Poll::Ready(output) = future.as_mut().poll(&mut TaskContext::from_waker(&waker)) {
            return output;
        }
    }
    panic!("nobody woke the future");
}

/// Polls a future once, with a waker that does nothing.
pub(super) fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    std::pin::Pin::new(future).poll(&mut TaskContext::from_waker(Waker::noop()))
}

/// A clock that stands where it is put.
#[derive(Clone, Debug)]
pub(super) struct Hands(Arc<AtomicU64>);

impl Hands {
    pub(super) fn set(&self, seconds: u64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> SystemTime {
        at(self.0.load(Ordering::SeqCst))
    }
}

/// What the transport does with a request.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Answer(u16, String),
    /// With a `Date`.
    Dated(u16, &'static str, String),
    Unreachable,
    Never,
}

impl Reply {
    pub(super) fn json(text: &str) -> Self {
        Self::Answer(200, text.to_owned())
    }
}

/// A transport that answers by a list and keeps what it was asked. Beyond the list nothing can be reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    requests: Arc<Mutex<Vec<HttpRequest>>>,
}

impl Script {
    pub(super) fn of(replies: impl IntoIterator<Item = Reply>) -> Self {
        let script = Self::default();
        script.add(replies);
        script
    }

    pub(super) fn add(&self, replies: impl IntoIterator<Item = Reply>) {
        self.replies.lock().unwrap().extend(replies);
    }

    pub(super) fn requests(&self) -> Vec<HttpRequest> {
        self.requests.lock().unwrap().clone()
    }

    /// A context of this transport, and its clock.
    pub(super) fn context(&self) -> (Context, Hands) {
        let hands = Hands(Arc::new(AtomicU64::new(NOW)));
        let nonces = FixedNonce("fixed-nonce".into());
        (Context::new(self.clone(), hands.clone(), nonces), hands)
    }
}

impl Transport for Script {
    fn send(&self, request: HttpRequest) -> TransportFuture {
        self.requests.lock().unwrap().push(request);
        match self.replies.lock().unwrap().pop_front() {
            Some(Reply::Answer(status, body)) => Box::pin(ready(Ok(HttpResponse {
                status,
                headers: Vec::new(),
                body: body.into(),
            }))),
            Some(Reply::Dated(status, date, body)) => Box::pin(ready(Ok(HttpResponse {
                status,
                headers: vec![("date".into(), date.into())],
                body: body.into(),
            }))),
            Some(Reply::Never) => Box::pin(pending()),
            Some(Reply::Unreachable) | None => {
                Box::pin(ready(Err(TransportError::not_sent("connection refused"))))
            }
        }
    }
}

/// An answer of AssumeRole with a key of that name, valid until then.
pub(super) fn sts_answer(name: &str, expires: u64) -> Reply {
    let expiration = crate::time::timestamp(at(expires));
    Reply::json(&format!(
        r#"{{"Credentials": {{"AccessKeyId": "STS.{name}", "AccessKeySecret": "secret-{name}",
            "SecurityToken": "token-{name}", "Expiration": "{expiration}"}}}}"#
    ))
}
