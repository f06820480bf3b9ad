//! End-to-end tests and examples: what is here goes from specs to calls through the local gateway.
