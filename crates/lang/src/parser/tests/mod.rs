//! What the parser reads and what it says.
