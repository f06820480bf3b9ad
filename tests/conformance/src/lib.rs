//! Conformance: requests that genuine official clients made are made again, byte for byte.
//!
//! The tests under `tests/` read the files under `data/`: `typed.json` has requests of the five operations, for their typed
//! setters; `recorded.json` a selection of every kind of request and serialization that was recorded.
