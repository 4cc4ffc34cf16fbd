//! What is kept from one document to the next, one set a thread at work. It only saves time: what is found in a
//! document does not depend on those before it.

use crate::gazetteer::{self, Gazetteer};
use crate::resolve::FactsMemory;
use std::sync::{Mutex, PoisonError};

/// What one thread has looked up.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The version of the gazetteer that it belongs to.
    version: String,
    pub(super) names: gazetteer::Memory,
    pub(super) facts: FactsMemory,
}

/// The memories that no thread is using.
#[derive(Debug, Default)]
pub(super) struct Memories(Mutex<Vec<Memory>>);

/// A memory of so many things, some tens of megabytes, is dropped: the next document begins a new one.
const THINGS_MAX: usize = 200_000;

impl Memories {
    /// A memory that belongs to `gazetteer`, perhaps an empty one.
    pub(super) fn take(&self, gazetteer: &Gazetteer) -> Memory {
        let version = gazetteer.version();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.filter(|memory| memory.version == version)
            .unwrap_or_else(|| Memory { version, ..Memory::default() })
    }

    /// Keeps a memory for the next document.
    pub(super) fn give_back(&self, memory: Memory) {
        if memory.names.len() + memory.facts.len() < THINGS_MAX {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_of_another_gazetteer_is_not_used() {
        let gazetteer = Gazetteer::embedded();
        let memories = Memories::default();
        let mut memory = memories.take(&gazetteer);
        gazetteer.near_names_on("Pokrovskk", &mut memory.names);
        memories.give_back(memory);
        let kept = memories.take(&gazetteer);
        assert_eq!(kept.names.len(), 1);
        memories.give_back(Memory { version: "another".to_owned(), ..kept });
        assert!(memories.take(&gazetteer).names.is_empty());
    }
}
