//! The only door outside: files, standard streams, the environment.
