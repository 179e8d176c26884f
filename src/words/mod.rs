//! The one tokenizer: words, names, numbers with their measure words, and what a break at a place costs.
