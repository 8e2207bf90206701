//! A socket that gives up: on half a header, on a client that keeps a connection open and asks
//! nothing, and on one that does not take up its answer. On the way it mends the first line of
//! every request.
//!
//! The time for a body is kept where bodies are read (`exchange`), so that its end is an answer.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use tokio::time::{Instant, Sleep};

use crate::connections::Limits;
use crate::request_line::{RequestLine, Taken};

/// A stream with limited patience.
pub(crate) struct Patient<S> {
    stream: S,
    limits: Limits,
    /// Even while it is the client's turn to send a request.
    turns: Arc<AtomicUsize>,
    /// The turn that was last looked at.
    turn: usize,
    /// The client has begun to send in this turn.
    begun: bool,
    /// The first line of a request, while it is awaited.
    line: Option<RequestLine>,
    /// What was read and not yet handed on.
    ready: Vec<u8>,
    reading: Deadline,
    writing: Deadline,
}

impl<S> Patient<S> {
    /// A stream on which nothing was read yet.
    pub(crate) fn new(stream: S, limits: Limits, turns: Arc<AtomicUsize>) -> Self {
        Self {
            stream,
            limits,
            turns,
            turn: 0,
            // Who opens a connection has something to say.
            begun: true,
            line: Some(RequestLine::default()),
            ready: Vec::new(),
            reading: Deadline::default(),
            writing: Deadline::default(),
        }
    }

    /// Takes notice of a request that was read, or answered, since the last look. Returns
    /// whether it is the client's turn.
    fn follow_turns(&mut self) -> bool {
        let turn = self.turns.load(Ordering::Relaxed);
        if turn != self.turn {
            self.turn = turn;
            self.begun = false;
            self.reading.lift();
            self.line = turn.is_multiple_of(2).then(RequestLine::default);
        }
        turn.is_multiple_of(2)
    }

    fn written<T>(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.writing.lift();
        } else if self.writing.passed(context, self.limits.unread) {
            return Poll::Ready(Err(late("the client did not take up its answer")));
        }
        outcome
    }
}

impl<S: Read + Unpin> Patient<S> {
    /// Reads until the first line of a request is whole, and makes it ready; what turns out to be
    /// none is ready at once.
    fn poll_line(&mut self, context: &mut Context<'_>, mut line: RequestLine) -> Poll<io::Result<()>> {
        loop {
            let mut bytes = [0; 4096];
            let mut buffer = ReadBuf::new(&mut bytes);
            let outcome = Pin::new(&mut self.stream).poll_read(context, buffer.unfilled());
            match outcome {
                Poll::Ready(Ok(())) if buffer.filled().is_empty() => {
                    self.ready = line.give_up();
                    return outcome;
                }
                Poll::Ready(Ok(())) => {
                    self.client_began();
                    match line.take(buffer.filled()) {
                        Taken::Held => {}
                        Taken::Blank(blank) => {
                            self.ready = blank;
                            self.line = Some(line);
                            return outcome;
                        }
                        Taken::Whole(whole) => {
                            self.ready = whole;
                            return outcome;
                        }
                    }
                }
                _ => {
                    self.line = Some(line);
                    return outcome;
                }
            }
        }
    }

    fn client_began(&mut self) {
        if !self.begun {
            self.begun = true;
            self.reading.lift();
        }
    }

    /// Hands on what is ready, as far as there is room.
    fn hand_on(&mut self, mut buffer: ReadBufCursor<'_>) {
        let room = buffer.remaining().min(self.ready.len());
        buffer.put_slice(self.ready.drain(..room).as_slice());
    }
}

impl<S: Read + Unpin> Read for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.ready.is_empty() {
            self.hand_on(buffer);
            return Poll::Ready(Ok(()));
        }
        let clients_turn = self.follow_turns();
        let outcome = match self.line.take() {
            Some(line) => match self.poll_line(context, line) {
                Poll::Ready(Ok(())) => {
                    self.hand_on(buffer);
                    return Poll::Ready(Ok(()));
                }
                outcome => outcome,
            },
            None => Pin::new(&mut self.stream).poll_read(context, buffer),
        };
        if !clients_turn || outcome.is_ready() {
            return outcome;
        }
        let limit = if self.begun {
            self.limits.header
        } else {
            self.limits.idle
        };
        if self.reading.passed(context, limit) {
            return Poll::Ready(Err(late("the client sent no whole header")));
        }
        outcome
    }
}

impl<S: Write + Unpin> Write for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.written(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        self.written(context, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_shutdown(context);
        self.written(context, outcome)
    }
}

/// An instant by which something has to happen, set when somebody first waits for it.
#[derive(Default)]
struct Deadline {
    set: bool,
    // Kept when it is lifted: making one anew for every request would cost more.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    /// Nothing is waited for any more.
    fn lift(&mut self) {
        self.set = false;
    }

    /// Whether it has passed; one that is not set is set `limit` from now.
    fn passed(&mut self, context: &mut Context<'_>, limit: Duration) -> bool {
        let sleep = self
            .sleep
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        if !self.set {
            sleep.as_mut().reset(Instant::now() + limit);
            self.set = true;
        }
        sleep.as_mut().poll(context).is_ready()
    }
}

fn late(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what)
}
