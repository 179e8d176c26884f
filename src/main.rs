//! The command line of zimu.

fn main() {}
