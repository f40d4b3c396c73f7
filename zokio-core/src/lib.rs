//! The core that generated zokio runtimes stand on.
