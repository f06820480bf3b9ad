//! Chromium without a window, driven by its DevTools protocol over a pair of pipes: no port is opened for it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The names the browser goes by.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// What came while an answer was waited for.
    events: Vec<Value>,
    session: Option<String>,
    count: u64,
    _profile: TempDir,
}

impl Browser {
    /// The browser's name, where there is one.
    pub(crate) fn installed() -> Option<&'static str> {
        let runs = |name: &&str| {
            let version = Command::new(name).arg("--version").output();
            version.is_ok_and(|output| output.status.success())
        };
        NAMES.into_iter().find(|name| runs(name))
    }

    /// Starts it. It asks nobody but this machine for anything.
    pub(crate) fn start(name: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let arguments = [
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--no-first-run",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            "--window-size=1280,900",
        ];
        // The protocol wants its pipes as descriptors 3 and 4.
        let mut child = Command::new("sh")
            .args([
                "-c",
                "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1",
                name,
            ])
            .args(arguments)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(output).split(0) {
                let Ok(message) = message else { break };
                if send
                    .send(serde_json::from_slice(&message).unwrap())
                    .is_err()
                {
                    break;
                }
            }
        });
        let mut browser = Self {
            child,
            input,
            messages,
            events: Vec::new(),
            session: None,
            count: 0,
            _profile: profile,
        };
        browser.open_page();
        browser
    }

    fn open_page(&mut self) {
        let target = self.call("Target.createTarget", json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.call("Target.attachToTarget", attach);
        self.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
        // A page in the background may neither focus anything nor read the clipboard.
        self.call(
            "Emulation.setFocusEmulationEnabled",
            json!({"enabled": true}),
        );
    }

    /// Calls a method of the protocol.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.count += 1;
        let mut message = json!({"id": self.count, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.input.write_all(&bytes).unwrap();
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let answer = self.messages.recv_timeout(left);
            let mut answer = answer.unwrap_or_else(|_| panic!("no answer to {method}"));
            if answer["id"] == self.count {
                assert_eq!(answer["error"], Value::Null, "{method}");
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    /// Opens an address and waits until its scripts have run.
    pub(crate) fn open(&mut self, url: &str) {
        self.call("Page.navigate", json!({"url": url}));
        self.until(&format!(
            "location.href === {} && document.readyState === 'complete'",
            json!(url)
        ));
    }

    /// The value of an expression, promises awaited.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let mut outcome = self.call(
            "Runtime.evaluate",
            json!({"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true}),
        );
        assert_eq!(outcome["exceptionDetails"], Value::Null, "{expression}");
        outcome["result"]["value"].take()
    }

    /// The text of the first element a selector finds.
    pub(crate) fn text(&mut self, selector: &str) -> String {
        let text = self.evaluate(&format!(
            "document.querySelector({})?.textContent",
            json!(selector)
        ));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true.
    pub(crate) fn until(&mut self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        while self.evaluate(&format!("Boolean({expression})")) != true {
            assert!(Instant::now() < end, "never true: {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "Tab" => (9, ""),
            "ArrowDown" => (40, ""),
            "ArrowRight" => (39, ""),
            "/" => (191, "/"),
            "a" => (65, ""),
            "Backspace" => (8, ""),
            other => panic!("no such key: {other}"),
        };
        let modifiers = if key == "a" { 2 } else { 0 };
        let commands = if key == "a" {
            json!(["selectAll"])
        } else {
            json!([])
        };
        let down = if text.is_empty() {
            "rawKeyDown"
        } else {
            "keyDown"
        };
        for kind in [down, "keyUp"] {
            let mut event = json!({
                "type": kind, "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers, "commands": commands,
            });
            if kind == "keyDown" {
                event["text"] = text.into();
            }
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types into what has the focus.
    pub(crate) fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({"text": text}));
    }

    /// Puts the focus on an element, and replaces what is in it.
    pub(crate) fn fill(&mut self, selector: &str, text: &str) {
        self.focus(selector);
        // All of it (Ctrl+A), and away with it.
        self.press("a");
        self.press("Backspace");
        self.write(text);
    }

    pub(crate) fn focus(&mut self, selector: &str) {
        let focused = self.evaluate(&format!(
            "(() => {{ const it = document.querySelector({}); it?.focus(); return document.activeElement === it; }})()",
            json!(selector)
        ));
        assert_eq!(focused, true, "cannot focus {selector}");
    }

    /// Clicks on an element, once it stands still: what is said beside a field moves what is below it.
    pub(crate) fn click(&mut self, selector: &str) {
        let place = self.evaluate(&format!(
            "(async () => {{ const it = document.querySelector({}); let before = []; \
             for (let frame = 0; frame < 100; frame += 1) {{ \
             it.scrollIntoView({{block: 'center'}}); const box = it.getBoundingClientRect(); \
             const now = [box.x + box.width / 2, box.y + box.height / 2]; \
             if (now[0] === before[0] && now[1] === before[1]) return now; \
             before = now; await new Promise((done) => setTimeout(done, 30)); }} }})()",
            json!(selector)
        ));
        assert!(place.is_array(), "{selector} does not stand still");
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// A picture of what is to be seen, as PNG.
    pub(crate) fn picture(&mut self) -> Vec<u8> {
        let picture = self.call("Page.captureScreenshot", json!({"format": "png"}));
        let picture = picture["data"].as_str().unwrap();
        base64::engine::general_purpose::STANDARD
            .decode(picture)
            .unwrap()
    }

    /// The parameters of the events of a method so far.
    pub(crate) fn events(&mut self, method: &str) -> Vec<Value> {
        // Whatever was on its way has come when this is answered.
        self.evaluate("0");
        let events = self.events.iter().filter(|event| event["method"] == method);
        events.map(|event| event["params"].clone()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
