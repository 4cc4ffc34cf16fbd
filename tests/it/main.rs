//! All integration tests in one program, so that the embedded gazetteer is linked once.

mod export;
mod sample_layers;
mod tidy;
