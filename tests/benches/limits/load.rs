//! A load generator that leaves the machine to the server: one thread, raw sockets that stay
//! open, requests put together as bytes, and of an answer no more read than its status, its
//! length and its body.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

/// Connections unless a row says otherwise.
pub(crate) const CONNECTIONS: usize = 16;

/// One kept-alive connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        }
    }

    /// Sends a request and reads its answer whole.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Answer<'_> {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        let (mut head, mut whole) = (0, usize::MAX);
        while self.buffer.len() < whole {
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert!(read > 0, "the server closed the connection");
            if whole == usize::MAX
                && let Some(end) = find(&self.buffer, b"\r\n\r\n")
            {
                head = end + 4;
                whole = head + content_length(&self.buffer[..head]);
                self.buffer.reserve(whole - self.buffer.len().min(whole));
            }
        }
        let status = std::str::from_utf8(&self.buffer[9..12]).unwrap();
        Answer {
            status: status.parse().unwrap(),
            body: &self.buffer[head..whole],
        }
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn content_length(head: &[u8]) -> usize {
    const NAME: &[u8] = b"content-length: ";
    find(head, NAME).map_or(0, |at| {
        let digits = head[at + NAME.len()..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit());
        digits.fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'))
    })
}

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    pub(crate) took: Duration,
    /// Microseconds, sorted.
    pub(crate) latencies: Vec<u32>,
}

impl Outcome {
    pub(crate) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }

    /// How many requests there were.
    pub(crate) fn count(&self) -> f64 {
        self.latencies.len() as f64
    }

    /// Microseconds that half of the requests stayed below.
    pub(crate) fn p50(&self) -> f64 {
        f64::from(self.latencies[self.latencies.len() / 2])
    }

    pub(crate) fn of(took: Duration, mut latencies: Vec<u32>) -> Self {
        latencies.sort_unstable();
        Self { took, latencies }
    }
}

/// Sends what `next` makes of its running number for `duration`, from so many connections, and
/// expects `status`.
pub(crate) fn run(
    address: SocketAddr,
    connections: usize,
    duration: Duration,
    status: u16,
    next: impl Fn(usize) -> Vec<u8> + 'static,
) -> Outcome {
    let next = Rc::new(next);
    let number = Rc::new(RefCell::new(0_usize));
    let latencies = Rc::new(RefCell::new(Vec::new()));
    let began = Instant::now();
    on_one_thread(connections, |_| {
        let (next, number, latencies) = (Rc::clone(&next), Rc::clone(&number), Rc::clone(&latencies));
        async move {
            let mut connection = Connection::open(address).await;
            while began.elapsed() < duration {
                let mine = number.replace_with(|number| *number + 1);
                let request = next(mine);
                let sent = Instant::now();
                let answer = connection.send(&request).await;
                latencies.borrow_mut().push(micros(sent));
                if answer.status != status {
                    let body = String::from_utf8_lossy(answer.body).into_owned();
                    panic!("{} instead of {status}: {body}", answer.status);
                }
            }
        }
    });
    let took = began.elapsed();
    Outcome::of(took, latencies.take())
}

/// Runs as many tasks, all on this thread, until each has ended.
pub(crate) fn on_one_thread<F: Future<Output = ()> + 'static>(tasks: usize, task: impl Fn(usize) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let all = LocalSet::new();
    all.block_on(&runtime, async {
        let tasks: Vec<_> = (0..tasks)
            .map(|number| tokio::task::spawn_local(task(number)))
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

pub(crate) fn micros(since: Instant) -> u32 {
    u32::try_from(since.elapsed().as_micros()).unwrap()
}
