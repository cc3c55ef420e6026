#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]
