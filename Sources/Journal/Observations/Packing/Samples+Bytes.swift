import Failover

extension Samples {
    /// Writes what is new against `former`, which was read at the same place before; `base` stands in where
    /// there is none.
    func write(to bytes: inout ByteWriter, former: Samples, base: Timestamp) {
        switch self {
        case .none: break
        case .health(let sampledAt):
            bytes.putSigned(sampledAt.milliseconds - former.newest(else: base).milliseconds)
        case .lag(let samples): Self.write(samples, to: &bytes, former: former, base: base)
        }
    }

    static func read(
        _ kind: Kind, from bytes: inout ByteReader, former: Samples, base: Timestamp
    ) throws(ByteReader.Damage) -> Samples {
        switch kind {
        case .none: .none
        case .health: .health(sampledAt: former.newest(else: base).moved(by: try bytes.signed()))
        case .lag: .lag(try readLag(from: &bytes, former: former, base: base))
        }
    }

    private func newest(else base: Timestamp) -> Timestamp {
        if case .health(let sampledAt) = self { sampledAt } else { base }
    }

    private var lagSamples: [LagSample] { if case .lag(let samples) = self { samples } else { [] } }

    /// A look sees the samples of the last one again, but for the few that are new and those that have left
    /// the window.
    private static func write(
        _ samples: [LagSample], to bytes: inout ByteWriter, former: Samples, base: Timestamp
    ) {
        let old = former.lagSamples
        let fresh =
            samples.indices.first { samples[$0...].elementsEqual(old.prefix(samples.count - $0)) }
            ?? samples.count
        bytes.put(fresh)
        bytes.put(samples.count - fresh)
        var last = fresh < samples.count ? samples[fresh] : LagSample(sampledAt: base, lagSeconds: nil)
        for sample in samples[..<fresh].reversed() {
            bytes.putSigned(sample.sampledAt.milliseconds - last.sampledAt.milliseconds)
            write(sample.lagSeconds, to: &bytes, last: last.lagSeconds)
            last = sample
        }
    }

    private static func readLag(
        from bytes: inout ByteReader, former: Samples, base: Timestamp
    ) throws(ByteReader.Damage) -> [LagSample] {
        let old = former.lagSamples
        let fresh = try bytes.count()
        let kept = Array(old.prefix(Int(try bytes.number(atMost: UInt64(old.count)))))
        var added: [LagSample] = []
        var last = kept.first ?? LagSample(sampledAt: base, lagSeconds: nil)
        for _ in 0..<fresh {
            let at = last.sampledAt.moved(by: try bytes.signed())
            last = LagSample(sampledAt: at, lagSeconds: try readSeconds(from: &bytes, last: last.lagSeconds))
            added.append(last)
        }
        return added.reversed() + kept
    }

    /// How a lag is written: most are whole milliseconds, and many are the same as the one before.
    private enum Mark: UInt8 {
        case missing, same, milliseconds, bits
    }

    private static func write(_ seconds: Double?, to bytes: inout ByteWriter, last: Double?) {
        guard let seconds else { return bytes.put(UInt64(Mark.missing.rawValue)) }
        if seconds.bitPattern == last?.bitPattern { return bytes.put(UInt64(Mark.same.rawValue)) }
        if let whole = Int64(exactly: (seconds * 1000).rounded()),
            (Double(whole) / 1000).bitPattern == seconds.bitPattern
        {
            bytes.put(UInt64(Mark.milliseconds.rawValue))
            return bytes.putSigned(whole)
        }
        bytes.put(UInt64(Mark.bits.rawValue))
        bytes.putFixed(seconds.bitPattern)
    }

    private static func readSeconds(
        from bytes: inout ByteReader, last: Double?
    ) throws(ByteReader.Damage) -> Double? {
        switch Mark(rawValue: try bytes.byte()) {
        case .missing: return nil
        case .same: return last
        case .milliseconds: return Double(try bytes.signed()) / 1000
        case .bits: return Double(bitPattern: try bytes.fixed())
        case nil: throw ByteReader.Damage(detail: "an unknown form of lag")
        }
    }
}

extension Timestamp {
    /// For differences that come from a file: wraps instead of trapping.
    func moved(by milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: self.milliseconds &+ milliseconds)
    }
}
