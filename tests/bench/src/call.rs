//! A whole call over loopback, against a hand-written reqwest call that sends the same, already signed, bytes and parses
//! the same answer. The server is another process, so that only the client's CPU time counts. Clients are several processes,
//! one after the other: the figures of one depend on where its code happens to lie in memory.

use std::cell::RefCell;
use std::convert::Infallible;
use std::error::Error;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use alicloud::client::ServiceClient;
use alicloud::dts::v20200101::{Client, StartDtsJob};
use alicloud::transport::{HttpRequest, HttpResponse, Transport, TransportFuture};
use alicloud::{Config, Credentials, Request as _};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::rounds::{Candidate, compare, medians};

/// The argument that makes this program the server.
pub(crate) const SERVE: &str = "--serve";

/// The argument that makes this program a client; the endpoint comes after it.
pub(crate) const CALL: &str = "--call";

const ANSWER: &str = "{\"RequestId\":\"2D3B4615-923F-49AA-AF21-6D8E3967****\",\"HttpStatusCode\":200,\"ErrCode\":\"\",\
    \"Success\":true,\"ErrMessage\":\"\",\"DynamicMessage\":\"\",\"DynamicCode\":\"\"}";

/// Answers every request alike until its standard input closes.
pub(crate) fn serve() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::spawn(|| {
        let _ = std::io::stdin().lines().count();
        std::process::exit(0);
    });
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        std::io::stdout().flush()?;
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let answer = service_fn(|_: Request<hyper::body::Incoming>| async {
                let response =
                    Response::builder().header("content-type", "application/json;charset=utf-8");
                Ok::<_, Infallible>(
                    response
                        .body(Full::new(Bytes::from_static(ANSWER.as_bytes())))
                        .unwrap_or_default(),
                )
            });
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), answer),
            );
        }
    })
}

/// A server process; stops when its input closes.
struct Server(Child);

impl Server {
    fn start() -> Result<(Self, String), Box<dyn Error>> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut address)?;
        Ok((Self(child), format!("http://{}", address.trim())))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// The answer as a person would write it by hand.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code, reason = "decoded, not read")]
struct Answer {
    request_id: Option<String>,
    http_status_code: Option<i64>,
    err_code: Option<String>,
    success: Option<bool>,
    err_message: Option<String>,
    dynamic_message: Option<String>,
    dynamic_code: Option<String>,
}

/// Answers at once.
#[derive(Debug)]
struct Ready;

impl Transport for Ready {
    fn send(&self, _: HttpRequest) -> TransportFuture {
        let response = HttpResponse {
            status: 200,
            body: Bytes::from_static(ANSWER.as_bytes()),
            ..HttpResponse::default()
        };
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// How many processes are asked. Where its code happens to lie in memory moves the figures of a process by several
/// percent, however many rounds it runs.
const PROCESSES: usize = 7;

/// What each of them runs.
const ROUNDS: usize = 21;
const BATCH: u32 = 1_000;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let (_server, endpoint) = Server::start()?;
    let mut medians = Vec::new();
    for _ in 0..PROCESSES {
        medians.push(in_a_process(&endpoint)?);
    }
    let sorted = |value: fn(&[f64; 2]) -> f64| {
        let mut values: Vec<f64> = medians.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let (by_hand, ours) = (sorted(|medians| medians[0]), sorted(|medians| medians[1]));
    let ratios = sorted(|[by_hand, ours]| ours / by_hand);
    let (middle, last) = (PROCESSES / 2, PROCESSES - 1);
    println!(
        "StartDtsJob over loopback (median CPU time of {PROCESSES} processes, each {ROUNDS} rounds of {BATCH})"
    );
    println!("  {BY_HAND:<44} {:>9.2} us", by_hand[middle]);
    println!("  {OURS:<44} {:>9.2} us", ours[middle]);
    let (least, usual, most) = (ratios[0], ratios[middle], ratios[last]);
    println!(
        "  {:<44} {usual:>8.2}x  ({least:.2}x to {most:.2}x)",
        "ratio"
    );
    without_network()
}

const BY_HAND: &str = "reqwest by hand: signed bytes, serde answer";
const OURS: &str = "alicloud: build, check, sign, send, decode";

/// The medians of both candidates in a process of its own, in microseconds.
fn in_a_process(endpoint: &str) -> Result<[f64; 2], Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args([CALL, endpoint])
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut medians = text.split_whitespace().map(str::parse::<f64>);
    match (output.status.success(), medians.next(), medians.next()) {
        (true, Some(Ok(by_hand)), Some(Ok(ours))) => Ok([by_hand, ours]),
        _ => Err(format!(
            "a process that calls ended with {}: {text:?}",
            output.status
        )
        .into()),
    }
}

/// What such a process does.
pub(crate) fn call(endpoint: &str) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = Client::new(&config(endpoint).build()?);
    let signed = signed_once(&runtime, &client)?;
    // reqwest without a TLS provider of its own wants one installed, even for plain HTTP.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let plain = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let failed = RefCell::new(0_u32);
    let candidates = vec![
        Candidate {
            name: BY_HAND,
            run: Box::new(|times| {
                runtime.block_on(async {
                    for _ in 0..times {
                        let answer = by_hand(&plain, &signed).await;
                        *failed.borrow_mut() += u32::from(answer.is_err());
                    }
                })
            }),
        },
        Candidate {
            name: OURS,
            run: Box::new(|times| runtime.block_on(by_alicloud(&client, times, &failed))),
        },
    ];
    for median in medians(ROUNDS, BATCH, candidates) {
        println!("{}", median.as_secs_f64() * 1e6);
    }
    counted(&failed)
}

/// The call both make.
fn request(client: &Client) -> StartDtsJob<ServiceClient> {
    let call = client.start_dts_job().dts_job_id("l3m1213ye7l****");
    call.region_id("cn-hangzhou")
}

async fn by_alicloud(client: &Client, times: u32, failed: &RefCell<u32>) {
    for _ in 0..times {
        let answer = request(client).send().await;
        *failed.borrow_mut() += u32::from(answer.is_err());
    }
}

fn without_network() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let client = Client::new(&config("http://127.0.0.1:1").transport(Ready).build()?);
    let failed = RefCell::new(0_u32);
    let alone = Candidate {
        name: "alicloud: all but the exchange",
        run: Box::new(|times| runtime.block_on(by_alicloud(&client, times, &failed))),
    };
    compare("StartDtsJob without the network", 11, 20_000, vec![alone]);
    counted(&failed)
}

fn config(endpoint: &str) -> alicloud::ConfigBuilder {
    Config::builder()
        .endpoint(endpoint)
        .credentials(Credentials::new("id", "secret"))
}

fn counted(failed: &RefCell<u32>) -> Result<(), Box<dyn Error>> {
    match *failed.borrow() {
        0 => Ok(()),
        failed => Err(format!("{failed} calls failed").into()),
    }
}

fn signed_once(runtime: &Runtime, client: &Client) -> Result<HttpRequest, Box<dyn Error>> {
    let prepared = runtime.block_on(request(client).prepare())?;
    Ok(prepared.http().clone())
}

async fn by_hand(client: &reqwest::Client, signed: &HttpRequest) -> Result<Answer, Box<dyn Error>> {
    let mut request = client.post(&signed.url).timeout(signed.timeout);
    for (name, value) in &signed.headers {
        request = request.header(name.as_ref(), value.as_ref());
    }
    let response = request.body(signed.body.clone()).send().await?;
    Ok(serde_json::from_slice(&response.bytes().await?)?)
}
