//! All integration tests in one program, so that the embedded gazetteer is linked once.

mod choices;
mod document;
mod export;
mod gazetteer;
mod golden;
mod import;
mod labelled;
mod learn;
mod program;
mod sample_layers;
mod sentences;
mod tidy;
mod toponyms;
mod track;
