import Failover

/// A metric with one sample a minute, made when somebody asks. A sample never changes once it is made; when
/// it can be read is another matter.
struct SampleSeries {
    struct Sample: Equatable {
        /// When its minute began.
        var at: Timestamp
        var value: Double
        var publishedAt: Timestamp
    }

    /// In minutes: the window below, and what a stale answer may be behind. Nobody asks for samples that are
    /// older.
    static let memory = 14
    /// What the observers ask CloudWatch for.
    static let window = Duration.seconds(600)

    private var samples: [Sample] = []
    private var nextMinute: Int64?
    /// Makes one series differ from another.
    let salt: UInt64

    init(salt: UInt64) { self.salt = salt }

    /// Newest first, at most `limit`, of the last ten minutes: what is published by `time`. `made` is the
    /// value of the minute that begins then, nil when there was none.
    mutating func newest(
        _ limit: Int, publishedBy time: Timestamp, now: Timestamp, made: (Timestamp) -> Double?,
        delay: (Timestamp) -> Duration
    ) -> [Sample] {
        let ended = now.milliseconds / 60_000
        let oldest = ended - Int64(Self.memory)
        var minute = max(nextMinute ?? oldest, oldest)
        while minute < ended {
            let start = Timestamp(milliseconds: minute * 60_000)
            if let value = made(start) {
                samples.append(
                    Sample(at: start, value: value, publishedAt: start + .seconds(60) + delay(start)))
            }
            minute += 1
        }
        nextMinute = minute
        if samples.count > 2 * Self.memory { samples.removeFirst(samples.count - Self.memory) }
        var result: [Sample] = []
        for sample in samples.reversed() {
            if result.count == limit || sample.at < time - Self.window { break }
            if sample.publishedAt <= time { result.append(sample) }
        }
        return result
    }

    /// A draw of its own for each minute, whoever asks for it and when.
    func chance(of minute: Timestamp) -> Chance {
        Chance(state: salt ^ (UInt64(bitPattern: minute.milliseconds) &* 0x2545_f491_4f6c_dd1d))
    }
}
