//! Whose turn it is to ask for a prediction: one question at a time, the newest drawing wins, and an answer to
//! what is no longer on the pad is not shown.

/// After so many milliseconds without an answer, another question may be asked.
const PATIENCE_MS: f64 = 2000.0;

/// The book of questions and answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Requests {
    newest: u32,
    /// Answers up to this one are about a sheet that was cleared.
    forgotten: u32,
    asked_at: Option<f64>,
    waiting: bool,
}

impl Requests {
    /// The drawing changed. Returns the id to ask with, or nothing while an answer is outstanding: then
    /// [`answered`](Self::answered) says when to ask.
    pub fn ask(&mut self, now: f64) -> Option<u32> {
        self.waiting = self.asked_at.is_some_and(|asked| now - asked < PATIENCE_MS);
        (!self.waiting).then(|| {
            self.asked_at = Some(now);
            self.newest = self.newest.wrapping_add(1);
            self.newest
        })
    }

    /// An answer came. Returns whether the drawing has changed since, so that it is time to ask again.
    pub fn answered(&mut self, id: u32) -> bool {
        if id == self.newest {
            self.asked_at = None;
        }
        self.asked_at.is_none() && std::mem::take(&mut self.waiting)
    }

    /// No answer will come to what was asked.
    pub fn give_up(&mut self) {
        self.asked_at = None;
        self.waiting = false;
    }

    /// The sheet was cleared: the answers to come are of no interest.
    pub fn forget(&mut self) {
        self.forgotten = self.newest;
        self.waiting = false;
    }

    /// Whether an answer is about what is on the pad.
    pub fn is_current(&self, id: u32) -> bool {
        id > self.forgotten && id <= self.newest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_is_outstanding_and_the_newest_drawing_is_asked_about_next() {
        let mut requests = Requests::default();
        assert_eq!(requests.ask(0.0), Some(1));
        assert_eq!(requests.ask(5.0), None);
        assert_eq!(requests.ask(9.0), None);
        assert!(requests.answered(1));
        assert_eq!(requests.ask(10.0), Some(2));
        assert!(!requests.answered(2), "nothing changed since");
    }

    #[test]
    fn a_lost_answer_blocks_for_a_while_only() {
        let mut requests = Requests::default();
        requests.ask(0.0);
        assert_eq!(requests.ask(PATIENCE_MS - 1.0), None);
        assert_eq!(requests.ask(PATIENCE_MS), Some(2));
        assert!(!requests.answered(1), "the late answer does not end the wait for the new one");
        assert_eq!(requests.ask(PATIENCE_MS + 1.0), None);
    }

    #[test]
    fn an_answer_about_a_cleared_sheet_is_not_shown() {
        let mut requests = Requests::default();
        requests.ask(0.0);
        requests.forget();
        assert!(!requests.is_current(1));
        assert!(!requests.answered(1), "nothing to ask about");
        requests.ask(1.0);
        assert!(requests.is_current(2));
    }

    #[test]
    fn after_a_refusal_the_next_change_asks_at_once() {
        let mut requests = Requests::default();
        requests.ask(0.0);
        requests.give_up();
        assert_eq!(requests.ask(1.0), Some(2));
    }
}
