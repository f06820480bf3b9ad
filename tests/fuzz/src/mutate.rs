//! Mutations of seeds, the same on every run. They know nothing of what they reach, as a real fuzzer does: they keep what
//! once was found from coming back, and catch the shallow.

/// The longest input.
const LONGEST: usize = 16 << 10;

/// Text that means something to one of the parsers.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    ":",
    ",",
    "null",
    "true",
    "1e999",
    "-0",
    "<",
    ">",
    "</",
    "/>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "&amp;",
    "&#x",
    "&#0;",
    "<!DOCTYPE",
    "\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{1f680}",
    "\u{80}",
    "%",
    "%2",
    "+",
    "=",
    "#",
    ";",
    "- ",
    "? ",
    "|",
    ">-",
    "&a",
    "*a",
    "!!str",
    "---",
    "...",
    "type: ",
    "fields: ",
    "$ref",
    "ref: ",
    "#/components/schemas/",
    "data: ",
    "event:",
    "id",
    "retry",
    "[default]",
    "0x",
    "1_000",
    "9223372036854775808",
];

/// Makes inputs of seeds.
#[derive(Clone, Debug)]
pub struct Mutator(u64);

impl Mutator {
    /// A sequence of its own for each number.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound (Knuth's MMIX generator).
    fn below(&mut self, bound: usize) -> usize {
        const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
        self.0 = self
            .0
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound.max(1)
    }

    /// An input made of one of the seeds, with a few changes.
    pub fn next(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut input = self.pick(seeds).to_vec();
        for _ in 0..=self.below(5) {
            self.change(&mut input, seeds);
        }
        input.truncate(LONGEST);
        input
    }

    fn pick<'s>(&mut self, seeds: &'s [Vec<u8>]) -> &'s [u8] {
        let at = self.below(seeds.len());
        seeds.get(at).map_or(&[], Vec::as_slice)
    }

    /// A range of at most `longest` bytes.
    fn range(&mut self, input: &[u8], longest: usize) -> std::ops::Range<usize> {
        let start = self.below(input.len() + 1);
        let length = self.below(longest + 1).min(input.len() - start);
        start..start + length
    }

    fn change(&mut self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        match self.below(8) {
            0 => {
                let at = self.below(input.len());
                let bit = 1 << self.below(8);
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= bit;
                }
            }
            1 => {
                let range = self.range(input, 40);
                input.drain(range);
            }
            2 => {
                let range = self.range(input, 200);
                let copy = input[range].to_vec();
                self.insert(input, &copy);
            }
            3 => {
                let other = self.pick(seeds).to_vec();
                let range = self.range(&other, 400);
                self.insert(input, &other[range]);
            }
            4 => {
                let byte = u8::try_from(self.below(256)).unwrap_or_default();
                self.insert(input, &[byte]);
            }
            5 => {
                let end = self.below(input.len() + 1);
                input.truncate(end);
            }
            _ => {
                let at = self.below(WORDS.len());
                self.insert(input, WORDS[at].as_bytes());
            }
        }
    }

    fn insert(&mut self, input: &mut Vec<u8>, part: &[u8]) {
        let at = self.below(input.len() + 1);
        input.splice(at..at, part.iter().copied());
    }
}
