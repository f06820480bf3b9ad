//! The service: a loopback server that does to each request what the plan of its sequence says, and counts.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::plan::{Kind, Plan, RESPONSES, Step};

/// The header that tells the server which sequence a request belongs to.
pub(crate) const SEQUENCE: &str = "x-sequence";
/// Longer than an attempt may take.
const LATE: Duration = Duration::from_millis(400);

/// One call, as the client and the service see it.
#[derive(Debug)]
pub(crate) struct Sequence {
    pub(crate) plan: Plan,
    state: Mutex<State>,
}

/// What has happened to a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    begun: usize,
    step: Option<Step>,
    /// Requests under way in the server.
    busy: u32,
    /// Requests of which the head was read.
    pub(crate) heads: u32,
    /// Requests that were read whole.
    pub(crate) read: u32,
    pub(crate) executed: u32,
    token: bool,
    /// Steps the client went through, in order.
    pub(crate) taken: Vec<Step>,
}

impl Sequence {
    /// Goes on to the next attempt.
    pub(crate) fn begin(&self) -> Step {
        let mut state = self.state.lock().unwrap();
        let step = self
            .plan
            .steps
            .get(state.begun)
            .copied()
            .unwrap_or(Step::Good);
        state.begun += 1;
        state.step = Some(step);
        state.taken.push(step);
        step
    }

    /// What becomes of the attempt under way.
    pub(crate) fn step(&self) -> Step {
        self.state.lock().unwrap().step.unwrap_or(Step::Good)
    }

    /// What has happened, when the server has ended what it was at.
    pub(crate) async fn settle(&self) -> State {
        for _ in 0..2_000 {
            let state = self.state.lock().unwrap().clone();
            if state.busy == 0 {
                return state;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("the server does not end with {:?}", self.plan);
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap())
    }

    /// Executes the call, once when it carries a token.
    fn execute(&self) -> u32 {
        self.change(|state| {
            if !(self.plan.kind == Kind::ProtectedWrite && state.token) {
                state.executed += 1;
            }
            state.token = true;
            state.executed
        })
    }
}

/// The server. Clones are the same one.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    sequences: Arc<Mutex<HashMap<u64, Arc<Sequence>>>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            sequences: Arc::default(),
        };
        let accepting = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = accepting.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        server
    }

    pub(crate) fn register(&self, plan: Plan) -> Arc<Sequence> {
        let number = plan.number;
        let sequence = Arc::new(Sequence {
            plan,
            state: Mutex::default(),
        });
        self.sequences
            .lock()
            .unwrap()
            .insert(number, Arc::clone(&sequence));
        sequence
    }

    async fn serve(&self, mut stream: TcpStream) {
        let mut buffer = Vec::new();
        while let Some(head) = read_head(&mut stream, &mut buffer).await {
            let number = header(&head, SEQUENCE).unwrap().parse::<u64>().unwrap();
            let sequence = Arc::clone(&self.sequences.lock().unwrap()[&number]);
            sequence.change(|state| {
                state.heads += 1;
                state.busy += 1;
            });
            let goes_on = answer(&mut stream, &mut buffer, &head, &sequence).await;
            sequence.change(|state| state.busy -= 1);
            if !goes_on {
                return;
            }
        }
    }
}

/// Does what the plan says; false when the connection is to be closed.
async fn answer(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    head: &str,
    sequence: &Sequence,
) -> bool {
    let step = sequence.step();
    if step == Step::CloseAtHead {
        return false;
    }
    let length = header(head, "content-length").map_or(0, |length| length.parse().unwrap());
    if !read_body(stream, buffer, length).await {
        return false;
    }
    if sequence.plan.kind == Kind::ProtectedWrite {
        assert!(
            head.contains("ClientToken="),
            "no token in {}",
            head.lines().next().unwrap()
        );
    }
    sequence.change(|state| state.read += 1);
    match step {
        Step::Good => {
            let body = good(sequence);
            respond(
                stream,
                200,
                "content-type: application/json\r\n",
                &body,
                body.len(),
            )
            .await
        }
        Step::GoodThenClosed => {
            let body = good(sequence);
            respond(
                stream,
                200,
                "content-type: application/json\r\n",
                &body,
                body.len(),
            )
            .await;
            false
        }
        Step::CloseInstead { executed } => {
            if executed {
                sequence.execute();
            }
            false
        }
        Step::Late { executed } => {
            if executed {
                sequence.execute();
            }
            tokio::time::sleep(LATE).await;
            respond(stream, 200, "", "{}", 2).await
        }
        Step::Truncated { status, executed } => {
            if executed {
                sequence.execute();
            }
            respond(stream, status, "", "{\"RequestId\":\"r", 200).await;
            false
        }
        Step::Response(which) => {
            let canned = RESPONSES[which];
            if canned.executed {
                sequence.execute();
            }
            respond(
                stream,
                canned.status,
                canned.headers,
                canned.body,
                canned.body.len(),
            )
            .await
        }
        Step::NoCredentials | Step::Intercepted | Step::Refused | Step::CloseAtHead => {
            panic!("a request arrived that must not have been sent: {step:?}")
        }
    }
}

fn good(sequence: &Sequence) -> String {
    let executed = sequence.execute();
    format!(
        r#"{{"RequestId":"{}-{executed}","Success":true}}"#,
        sequence.plan.number
    )
}

async fn respond(
    stream: &mut TcpStream,
    status: u16,
    headers: &str,
    body: &str,
    length: usize,
) -> bool {
    let length = if status == 204 {
        String::new()
    } else {
        format!("content-length: {length}\r\n")
    };
    let response = format!("HTTP/1.1 {status} X\r\n{headers}{length}\r\n{body}");
    stream.write_all(response.as_bytes()).await.is_ok()
}

async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<String> {
    loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let rest = buffer.split_off(end + 4);
            let head = std::mem::replace(buffer, rest);
            return Some(String::from_utf8(head).unwrap());
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

async fn read_body(stream: &mut TcpStream, buffer: &mut Vec<u8>, length: usize) -> bool {
    while buffer.len() < length {
        if !matches!(stream.read_buf(buffer).await, Ok(read) if read > 0) {
            return false;
        }
    }
    buffer.drain(..length);
    true
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
