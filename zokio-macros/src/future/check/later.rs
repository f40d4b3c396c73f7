//! Whether something is used again: searched for along every path, from the use on.

use quote::ToTokens;

use crate::future::flow::{Action, Flow, How, Part};
use crate::future::local::{LocalId, Locals, UseId};

/// Whether the value of `local`, or what is at `path` within it, is used after a point, before there is a new one: more of it than
/// what is `left` of the part.
pub(super) fn used(
    flow: &Flow,
    locals: &Locals,
    from: usize,
    local: LocalId,
    path: &[String],
    part: Option<&Part>,
) -> bool {
    let mut seen = vec![false; flow.points.len()];
    let mut next = flow.points[from].next.clone();
    while let Some(point) = next.pop() {
        if std::mem::replace(&mut seen[point], true) {
            continue;
        }
        match flow.points[point].action {
            Action::Define(defined) if defined == local => continue,
            Action::Use(id, how) if locals.used(id) == local => match how {
                How::Assigned | How::Bare => {}
                How::PartAssigned if path.starts_with(names(flow, id)) => continue,
                // The place is found through what is around it; the fields themselves are not looked at.
                How::PartAssigned if !path.is_empty() => {}
                _ if part.is_some_and(|part| !goes(part, names(flow, id))) => {}
                How::Part(other) if !goes(&flow.parts[other], path) => {}
                _ if overlap(path, names(flow, id)) => return true,
                _ => {}
            },
            _ => {}
        }
        next.extend(&flow.points[point].next);
    }
    false
}

/// The fields that a use names.
pub(super) fn names(flow: &Flow, id: UseId) -> &[String] {
    flow.paths.get(&id).map_or(&[], Vec::as_slice)
}

/// Whether something of what is at the path goes with the part, where that is moved out.
pub(super) fn goes(part: &Part, path: &[String]) -> bool {
    let stays = |member: &String| part.left.iter().any(|left| left.to_token_stream().to_string() == *member);
    overlap(&part.path, path) && !path.get(part.path.len()).is_some_and(stays)
}

/// Whether one path of fields is within the other.
pub(super) fn overlap(one: &[String], other: &[String]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other)
}
