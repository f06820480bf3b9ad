//! Conformance: requests that genuine official clients made are reproduced by the generated client, byte for byte.
//!
//! The tests under `tests/` read `data/vectors.json`, a copy of the facts they need.
