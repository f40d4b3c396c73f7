//! `Config`: what the attribute says. It may say little; every value keeps its key.

use darling::FromMeta;
use proc_macro2::Ident;

use super::attribute::Pair;
use super::unbuilt::{UNBUILT_KEYS, UNBUILT_VALUES};
use super::value::{
    BlockingThreads, CratePath, Flavor, Io, Memory, PowerOfTwo, ReportTo, Resolution, Strategy, Switch, TaskSize,
    ThreadName, Workers, source,
};
use crate::diagnostics::{Faults, messages};
use crate::names::{Key, Kind};

/// What the attribute says.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) workers: Setting<Workers>,
    pub(crate) stealing: Setting<Switch>,
    pub(crate) strategy: Setting<Strategy>,
    pub(crate) queue_capacity: Setting<PowerOfTwo<2, 65536>>,
    pub(crate) io: Setting<Io>,
    pub(crate) ring_entries: Setting<PowerOfTwo<1, 32768>>,
    pub(crate) memory: Setting<Memory>,
    pub(crate) max_task_size: Setting<TaskSize>,
    pub(crate) blocking_threads: Setting<BlockingThreads>,
    pub(crate) timer_resolution: Setting<Resolution>,
    pub(crate) thread_name: Setting<ThreadName>,
    pub(crate) report: Setting<ReportTo>,
    pub(crate) krate: Setting<CratePath>,
    pub(crate) flavor: Setting<Flavor>,
    pub(crate) worker_threads: Setting<Workers>,
}

/// What the attribute says about one key.
#[derive(Debug, Default)]
pub(crate) enum Setting<T> {
    /// Nothing.
    #[default]
    Unsaid,
    /// Something that is wrong; the fault has been added.
    Faulty,
    /// This.
    Said { key: Ident, value: T },
}

impl<T> Setting<T> {
    /// The value and its key.
    pub(crate) fn said(&self) -> Option<(&Ident, &T)> {
        match self {
            Self::Said { key, value } => Some((key, value)),
            Self::Unsaid | Self::Faulty => None,
        }
    }

    /// The value.
    pub(crate) fn value(&self) -> Option<&T> {
        self.said().map(|(_, value)| value)
    }

    pub(crate) fn is_faulty(&self) -> bool {
        matches!(self, Self::Faulty)
    }
}

impl Config {
    /// Reads the values. Keys that are unknown, not for this macro, or not built yet are faults.
    pub(crate) fn new(kind: Kind, pairs: &[Pair], faults: &mut Faults) -> Self {
        let mut config = Self::default();
        for pair in pairs {
            let name = pair.name();
            if let Some(unbuilt) = UNBUILT_KEYS.iter().find(|unbuilt| unbuilt.key == name) {
                faults.add(&pair.key, messages::unbuilt(&name, unbuilt.why, unbuilt.write));
                continue;
            }
            match Key::find(&name) {
                Some(key) if key.is_for(kind) => config.read(key, pair, faults),
                Some(_) => faults.add(&pair.key, messages::tokios_key(&name)),
                None => faults.add(&pair.key, messages::unknown_key(&name, kind)),
            }
        }
        config
    }

    fn read(&mut self, key: &Key, pair: &Pair, faults: &mut Faults) {
        match key.name {
            "workers" => self.workers = setting(key, pair, faults),
            "stealing" => self.stealing = setting(key, pair, faults),
            "strategy" => self.strategy = setting(key, pair, faults),
            "queue_capacity" => self.queue_capacity = setting(key, pair, faults),
            "io" => self.io = setting(key, pair, faults),
            "ring_entries" => self.ring_entries = setting(key, pair, faults),
            "memory" => self.memory = setting(key, pair, faults),
            "max_task_size" => self.max_task_size = setting(key, pair, faults),
            "blocking_threads" => self.blocking_threads = setting(key, pair, faults),
            "timer_resolution" => self.timer_resolution = setting(key, pair, faults),
            "thread_name" => self.thread_name = setting(key, pair, faults),
            "report" => self.report = setting(key, pair, faults),
            "crate" => self.krate = setting(key, pair, faults),
            "flavor" => self.flavor = setting(key, pair, faults),
            "worker_threads" => self.worker_threads = setting(key, pair, faults),
            // `false` is what there is; `true` is not built, and anything else is wrong.
            "start_paused" => drop(setting::<Switch>(key, pair, faults)),
            unread => unreachable!("the key `{unread}` is in the table, and nothing reads it"),
        }
    }
}

/// Reads one value.
fn setting<T: FromMeta>(key: &Key, pair: &Pair, faults: &mut Faults) -> Setting<T> {
    let said = source(&pair.value);
    let spelling = said.trim_matches('"');
    if let Some(unbuilt) = UNBUILT_VALUES.iter().find(|unbuilt| (unbuilt.key, unbuilt.value) == (key.name, spelling)) {
        let what = format!("{} = {spelling}", key.name);
        faults.add(&pair.value, messages::unbuilt(&what, unbuilt.why, unbuilt.write));
        return Setting::Faulty;
    }
    match T::from_expr(&pair.value) {
        Ok(value) => Setting::Said { key: pair.key.clone(), value },
        Err(error) => {
            faults.add(&pair.value, messages::value(key, &said, &error.to_string()));
            Setting::Faulty
        }
    }
}
