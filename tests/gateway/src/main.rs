//! `gateway`: the local gateway as a program, for clients in any language.
//!
//! The first line on stdout is the address and nothing else, so that a script can read it.

use std::error::Error;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use alicloud_gateway::{Builder, DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET, Gateway};
use clap::Parser;
use tokio::sync::oneshot;

const AFTER_HELP: &str = "\
Tests meddle with it in JSON, with the content type application/json:
  GET  /__gateway/counts            connections; requests received and executed, by operation
  POST /__gateway/faults            {\"operation\": \"StartDtsJob\", \"fault\": \"slow_body\", \"milliseconds\": 500, \"times\": 2}
       or a list of them; without an operation for every one, with \"times\": \"always\" for all calls. Faults:
       reset_before_read, reset_before_execution, reset_after_execution, slow_headers, slow_body (milliseconds),
       truncated_body, short_content_length, bad_gateway (executed), empty_body, xml, invalid_json, huge_body (bytes),
       gzip, gzip_bomb (bytes), throttling (x_acs_retry_after in ms, retry_after in s), throttling_header (milliseconds),
       service_unavailable, expired_token, closed_after, echo_page, login_page, null, list, text, number
  DELETE /__gateway/faults          forgets them
  POST /__gateway/clock             {\"offset_seconds\": 3600}
  POST /__gateway/lists             {\"operation\": \"ListProjects\", \"items\": [...]}, handed out in parts
  POST /__gateway/failed-prechecks  {\"job\": \"dts...\"}, with --jobs
  POST /__gateway/expired-keys      {}: keys that were issued expire";

/// Serves every operation that has a spec, on loopback: verifies signatures, checks parameters, answers as the service
/// does. Stops at Ctrl-C or SIGTERM.
#[derive(Parser)]
#[command(name = "gateway", version, after_help = AFTER_HELP)]
struct Options {
    /// The port to listen on; 0 is any that is free
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The access key ID clients sign with
    #[arg(long, value_name = "ID", default_value = DEFAULT_ACCESS_KEY_ID, requires = "access_key_secret")]
    access_key_id: String,
    /// Its secret
    #[arg(long, value_name = "SECRET", default_value = DEFAULT_ACCESS_KEY_SECRET, requires = "access_key_id")]
    access_key_secret: String,
    /// The ID of a temporary access key clients may sign with as well
    #[arg(long, value_name = "ID", requires_all = ["sts_access_key_secret", "security_token"])]
    sts_access_key_id: Option<String>,
    /// Its secret
    #[arg(long, value_name = "SECRET", requires = "sts_access_key_id")]
    sts_access_key_secret: Option<String>,
    /// Its security token
    #[arg(long, value_name = "TOKEN", requires = "sts_access_key_id")]
    security_token: Option<String>,
    /// The folder of the specs, instead of that of the workspace
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Accept calls whose parameters are missing or of the wrong type
    #[arg(long)]
    no_parameter_checks: bool,
    /// A bearer token clients may send in place of a signature
    #[arg(long, value_name = "TOKEN")]
    bearer_token: Option<String>,
    /// Keep the jobs of Data Transmission Service, in place of answering with examples
    #[arg(long)]
    jobs: bool,
    /// Stop when stdin closes as well, which it does when the program that started this one is gone
    #[arg(long)]
    until_stdin_closes: bool,
}

impl Options {
    fn builder(self) -> Builder {
        let mut builder = Gateway::builder()
            .port(self.port)
            .recording(false)
            .jobs(self.jobs)
            .parameter_checks(!self.no_parameter_checks)
            .access_key(self.access_key_id, self.access_key_secret);
        let temporary = self.sts_access_key_id.zip(self.sts_access_key_secret);
        if let Some(((id, secret), token)) = temporary.zip(self.security_token) {
            builder = builder.sts(id, secret, token);
        }
        if let Some(token) = self.bearer_token {
            builder = builder.bearer_token(token);
        }
        match self.specs {
            Some(folder) => builder.specs(folder),
            None => builder,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "gateway: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), Box<dyn Error>> {
    let closed = stdin_closed(options.until_stdin_closes);
    // Before the address is out: whoever reads it may ask for an end at once.
    let asked = asked_to_end()?;
    let gateway = options.builder().start().await?;
    announce(&gateway)?;
    tokio::select! {
        () = asked => {}
        () = closed => {}
    }
    Ok(())
}

fn announce(gateway: &Gateway) -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{}", gateway.endpoint())?;
    let operations = gateway.operations().len();
    writeln!(
        out,
        "serving {operations} operations on loopback; stop with Ctrl-C"
    )?;
    out.flush()
}

/// Resolves when stdin ends; never when nobody wants to know. A thread of its own, since the runtime would wait for a
/// blocked read when it shuts down.
async fn stdin_closed(wanted: bool) {
    if !wanted {
        return std::future::pending().await;
    }
    let (closed, done) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        drop(closed);
    });
    let _ = done.await;
}

/// Resolves at Ctrl-C or SIGTERM, from now on.
#[cfg(unix)]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Resolves at Ctrl-C, from now on.
#[cfg(windows)]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}
