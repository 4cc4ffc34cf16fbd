//! All integration tests in one program, so that the embedded gazetteer is linked once.

mod tidy;
