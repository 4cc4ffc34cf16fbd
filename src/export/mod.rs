//! How layers are written: one file per format. What is on them is `feature`'s question.
