//! The stages on one screen: a document in, everything that was found out of it out.
