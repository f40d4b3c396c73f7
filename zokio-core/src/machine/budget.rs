//! `max_size`: a machine that is larger does not compile.

/// A text that is put together while compiling.
struct Text {
    bytes: [u8; 160],
    len: usize,
}

impl Text {
    const fn new() -> Self {
        Self { bytes: [0; 160], len: 0 }
    }

    const fn text(mut self, text: &str) -> Self {
        let mut index = 0;
        while index < text.len() {
            self.bytes[self.len] = text.as_bytes()[index];
            self.len += 1;
            index += 1;
        }
        self
    }

    const fn number(mut self, number: usize) -> Self {
        let mut power = 1;
        while number / power >= 10 {
            power *= 10;
        }
        while power > 0 {
            self.bytes[self.len] = b'0' + (number / power % 10) as u8;
            self.len += 1;
            power /= 10;
        }
        self
    }

    const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// The machine, if it is not larger than `BYTES`.
pub fn within<const BYTES: usize, M>(machine: M) -> M {
    const {
        if size_of::<M>() > BYTES {
            let text =
                Text::new().text("this state machine has ").number(size_of::<M>()).text(" bytes, and `max_size = ");
            let text = text.number(BYTES).text("` allows no more: hold less across its awaits, or box what is large");
            panic!("{}", text.as_str());
        }
    }
    machine
}
