//! Which words mean what, by language: actors, verbs of action, hedges, attributions, directions, months.
//! The words themselves are data under `gazetteer/lexicon/`; the patterns over them are the stages' work.
