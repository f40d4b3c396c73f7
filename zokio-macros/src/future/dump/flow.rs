//! `flow` as text: a line for each point, with where it leads if that is not the next line alone.

use std::fmt::Write;

use super::names::Texts;
use crate::future::flow::{Action, Flow, How};
use crate::future::local::UseId;

pub(super) fn text(flow: &Flow, texts: &Texts<'_>) -> String {
    let mut text = String::new();
    for (id, point) in flow.points.iter().enumerate() {
        let mut line = format!("{id:>3}  {}", action(point.action, flow, texts));
        if *point.next != [id + 1] {
            let next = point.next.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let next = if next.is_empty() { "ends".to_owned() } else { format!("-> {next}") };
            line = format!("{line:<40} {next}");
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn action(action: Action, flow: &Flow, texts: &Texts<'_>) -> String {
    match action {
        Action::Nothing => "-".to_owned(),
        Action::Define(local) => format!("define {}", texts.local(local)),
        Action::End(local) => format!("end {}", texts.local(local)),
        Action::Await(id) => format!("await {}", id.0),
        Action::Use(used, how) => {
            let how = match how {
                How::Value => "by value",
                How::Captured => "captured",
                How::Called => "called",
                How::Place => "in place",
                How::Read => "to read",
                How::Receiver => "as receiver",
                How::Part(_) => "part by value",
                How::PartReceiver(_) => "part as receiver",
                How::PartAssigned => "part assigned",
                How::Unboxed => "unboxed",
                How::Matched => "matched",
                How::Bound(_) => "bound",
                How::Assigned => "assigned",
                How::Bare => "in a guard",
            };
            format!("use {} {how}", place(used, flow, texts))
        }
    }
}

/// What a use names.
pub(super) fn place(used: UseId, flow: &Flow, texts: &Texts<'_>) -> String {
    let path = flow.paths.get(&used).map_or(&[][..], Vec::as_slice);
    path.iter().fold(texts.local(texts.locals.used(used)), |place, field| format!("{place}.{field}"))
}
