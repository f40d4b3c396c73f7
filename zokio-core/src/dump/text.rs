//! A dump as text.

use std::fmt;

use super::{Dump, TaskDump, TaskState};

impl fmt::Display for Dump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.tasks.len();
        write!(f, "{count} {}", if count == 1 { "task" } else { "tasks" })?;
        if self.unanswered > 0 {
            write!(f, ", besides those of {} threads that did not answer", self.unanswered)?;
        }
        for task in self {
            write!(f, "\n{task}")?;
        }
        Ok(())
    }
}

impl fmt::Display for TaskDump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "task {} {}, {}", self.id, self.name, self.state)?;
        for (depth, at) in self.awaits.iter().enumerate() {
            let indent = depth * 2;
            write!(f, "\n{:indent$}└ {}, {}:{}:{}: {}", "", at.function, at.file, at.line, at.column, at.expression)?;
        }
        Ok(())
    }
}

impl fmt::Display for TaskState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Idle => "idle",
            Self::Scheduled => "scheduled",
            Self::Running => "running",
        })
    }
}
